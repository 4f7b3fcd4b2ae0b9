package io.p2pfaas.node.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the last runs of tests said, from the reports that Surefire and Failsafe leave. */
final class TestReports {
    private static final List<String> FOLDERS = List.of("surefire-reports", "failsafe-reports");
    /** Of the cases of one test, the worst counts. */
    private static final List<String> WORST_FIRST = List.of("failed", "skipped", "passed");

    private record Result(LocalDate day, String word) {}

    private final Map<String, Result> results = new HashMap<>();

    /** Reads the reports of modules. */
    static TestReports of(List<Path> modules) {
        TestReports reports = new TestReports();
        for (Path module : modules) {
            for (String folder : FOLDERS) {
                reports.readAll(module.resolve("target").resolve(folder));
            }
        }
        return reports;
    }

    private void readAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path report) {
        try {
            LocalDate day =
                    LocalDate.ofInstant(Files.getLastModifiedTime(report).toInstant(), ZoneOffset.UTC);
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                take(day, (Element) cases.item(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(report + " cannot be read", e);
        }
    }

    private void take(LocalDate day, Element testCase) {
        String type = testCase.getAttribute("classname").replaceAll(".*\\.", "");
        // Of a test with parameters: name(String)[1] or name{String}[1]. Of a property, with blanks for underscores.
        String method = testCase.getAttribute("name").replace(' ', '_').replaceAll("[^A-Za-z0-9_].*", "");
        results.merge(
                type + "#" + method,
                new Result(day, word(testCase)),
                (one, other) -> WORST_FIRST.indexOf(one.word()) <= WORST_FIRST.indexOf(other.word()) ? one : other);
    }

    private static String word(Element testCase) {
        if (has(testCase, "failure") || has(testCase, "error")) {
            return "failed";
        }
        return has(testCase, "skipped") ? "skipped" : "passed";
    }

    private static boolean has(Element testCase, String child) {
        return testCase.getElementsByTagName(child).getLength() > 0;
    }

    /** For example {@code passed 2026-11-28}; the fallback if there is no report. */
    String of(String test, String fallback) {
        Result result = results.get(test);
        return result == null ? fallback : result.word() + " " + result.day();
    }
}

package io.p2pfaas.node.faults;

import io.p2pfaas.node.testing.Fault.Area;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/fault-matrix.md as a text: made of rows and results, and read again. */
final class FaultMatrix {
    private static final String NOT_RUN = "not run yet";
    private static final String HEAD = """
            # Faults and promises

            What breaks, what holds all the same, and the test that shows it. Made by `.ci/fault-matrix --write` from the
            `@Fault` annotations of the tests and the reports of their last run; the build fails if a row is missing or
            nobody's.

            - `.ci/fault-matrix Class#method` runs one row; it is short for `mvn verify` with `-Dit.test` or `-Dtest`.
            - `.ci/fault-matrix` runs all rows that are not marked *long* and writes this file; `.ci/fault-matrix --long`
              runs the long ones too. CI runs all that are not long with everything else.
            - A test that needs root, network namespaces or a container engine is *skipped* where they are missing.
            """;

    private final List<Row> rows;
    private final List<Map.Entry<String, String>> untested;

    FaultMatrix(List<Row> rows, List<Map.Entry<String, String>> untested) {
        this.rows = rows.stream().sorted(Row.ORDER).toList();
        this.untested = untested;
    }

    /** The whole file; results of tests that were not run now are those of the file before. */
    String text(Function<Row, String> resultOf) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Area area : Area.values()) {
            List<Row> here = rows.stream().filter(row -> row.area() == area).toList();
            if (!here.isEmpty()) {
                text.append("\n## ")
                        .append(area.title())
                        .append("\n| fault | promise | command | last result |\n|---|---|---|---|\n");
                here.forEach(row ->
                        text.append(row.text()).append(resultOf.apply(row)).append(" |\n"));
            }
        }
        text.append("\n## Without a test on one machine\n| fault | why, and what there is instead |\n|---|---|\n");
        untested.forEach(fault -> text.append("| %s | %s |\n".formatted(fault.getKey(), fault.getValue())));
        return text.toString();
    }

    /** The results in a file that was written before, by row without its result. */
    static Map<String, String> results(Stream<String> lines) {
        Map<String, String> results = new HashMap<>();
        lines.filter(line -> line.contains("`.ci/fault-matrix ") && line.endsWith(" |"))
                .forEach(line -> {
                    int end = line.lastIndexOf("` | ") + "` | ".length();
                    results.put(line.substring(0, end), line.substring(end, line.length() - " |".length()));
                });
        return results;
    }

    /** The same without results and dates. */
    static String withoutResults(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("` \\| [a-z ]+( \\d{4}-\\d{2}-\\d{2})? \\|$", "` |"))
                .collect(Collectors.joining("\n"));
    }

    static String resultOf(Row row, Map<String, String> before, TestReports reports) {
        return reports.of(row.test(), before.getOrDefault(row.text(), NOT_RUN));
    }
}

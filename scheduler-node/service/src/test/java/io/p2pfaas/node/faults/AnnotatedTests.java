package io.p2pfaas.node.faults;

import io.p2pfaas.node.testing.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The rows that this module's tests are annotated with. */
final class AnnotatedTests {
    private static final String SUFFIX = ".class";
    private static final List<Class<? extends Annotation>> KINDS =
            List.of(Test.class, ParameterizedTest.class, Property.class);

    private AnnotatedTests() {}

    static List<Row> rows() {
        Path root = Path.of(URI.create(AnnotatedTests.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        try (Stream<Path> files = Files.walk(root)) {
            List<Row> rows = new ArrayList<>();
            files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.matches(".*(IT|Test)\\.class"))
                    .forEach(name -> rows.addAll(rowsOf(name)));
            return rows.stream().sorted(Row.ORDER).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rowsOf(String file) {
        String name = file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
        try {
            // Not initialized: some start brokers when they are.
            Class<?> type = Class.forName(name, false, AnnotatedTests.class.getClassLoader());
            return Arrays.stream(type.getDeclaredMethods())
                    .flatMap(method -> Arrays.stream(method.getAnnotationsByType(Fault.class))
                            .map(fault -> row(type, method, fault)))
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static Row row(Class<?> type, Method method, Fault fault) {
        String test = type.getSimpleName() + "#" + method.getName();
        if (KINDS.stream().noneMatch(method::isAnnotationPresent)) {
            throw new IllegalStateException(test + " has a @Fault and is no test");
        }
        return new Row(fault.in(), fault.fault(), fault.promise(), test, isLong(type) || isLong(method));
    }

    private static boolean isLong(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotationsByType(Tag.class))
                .anyMatch(tag -> tag.value().equals("long"));
    }
}

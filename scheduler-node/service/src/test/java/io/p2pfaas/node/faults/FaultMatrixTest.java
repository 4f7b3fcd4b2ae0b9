package io.p2pfaas.node.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultMatrixTest {
    private static final Path FILE = Path.of("../../docs/fault-matrix.md");
    private static final List<Path> MODULES =
            List.of(Path.of("."), Path.of("../core"), Path.of("../../broker-config/embedded"));

    private static FaultMatrix matrix() {
        List<Row> rows = new ArrayList<>(AnnotatedTests.rows());
        rows.addAll(TestsElsewhere.rows());
        return new FaultMatrix(rows, TestsElsewhere.UNTESTED);
    }

    /** With {@code -Dmatrix.write=true} it writes the file, with the results of the reports that it finds. */
    @Test
    void the_document_has_the_rows_of_the_tests() throws IOException {
        if (Boolean.getBoolean("matrix.write")) {
            Map<String, String> before = Files.exists(FILE)
                    ? FaultMatrix.results(Files.readString(FILE).lines())
                    : Map.of();
            TestReports reports = TestReports.of(MODULES);
            Files.writeString(FILE, matrix().text(row -> FaultMatrix.resultOf(row, before, reports)));
        }
        String wanted = matrix().text(row -> "not run yet");
        assertThat(FaultMatrix.withoutResults(Files.readString(FILE)))
                .as(FILE + " is not what the annotations say; .ci/fault-matrix --write makes it anew")
                .isEqualTo(FaultMatrix.withoutResults(wanted));
    }

    @Test
    void a_result_is_the_worst_of_a_tests_cases_and_an_older_one_stays_where_there_is_none(@TempDir Path module)
            throws IOException {
        Path report = module.resolve("target/failsafe-reports/TEST-a.AIT.xml");
        Files.createDirectories(report.getParent());
        Files.writeString(
                report,
                "<testsuite><testcase name='one{String}[1]' classname='a.AIT'/>"
                        + "<testcase name='one{String}[2]' classname='a.AIT'><failure/></testcase>"
                        + "<testcase name='of a property' classname='a.AIT'/>"
                        + "<testcase name='two' classname='a.AIT'><skipped/></testcase></testsuite>");
        TestReports reports = TestReports.of(List.of(module));

        assertThat(reports.of("AIT#one", "-")).matches("failed \\d{4}-\\d{2}-\\d{2}");
        assertThat(reports.of("AIT#two", "-")).startsWith("skipped ");
        assertThat(reports.of("AIT#of_a_property", "-")).startsWith("passed ");
        assertThat(reports.of("AIT#three", "passed 2026-01-02")).isEqualTo("passed 2026-01-02");
    }

    @Test
    void what_was_written_is_read_again() {
        FaultMatrix matrix = matrix();
        Stream<String> lines = matrix.text(row -> "passed 2026-01-02").lines();

        assertThat(FaultMatrix.results(lines).values()).isNotEmpty().containsOnly("passed 2026-01-02");
        assertThat(FaultMatrix.withoutResults(matrix.text(row -> "passed 2026-01-02")))
                .isEqualTo(FaultMatrix.withoutResults(matrix.text(row -> "not run yet")));
    }
}

package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PastedLineTest {
    /** A line of the docs that nobody runs may be wrong. Runs without a broker, so that whoever writes one sees it soon. */
    @Test
    void every_line_of_the_docs_has_an_expectation_and_every_expectation_a_line() {
        Map<String, PastedLine.Expected> expectations = PastedLine.expectations();
        List<PastedLine> lines = PastedLine.ofDocs();

        assertThat(lines.stream().filter(line -> !expectations.containsKey(line.command())))
                .as("lines that pasted-lines.txt (beside PastedLinesIT) says nothing of: what do they print?")
                .isEmpty();
        assertThat(expectations.keySet())
                .as("pasted-lines.txt has lines that are in no page any more")
                .allMatch(command ->
                        lines.stream().anyMatch(line -> line.command().equals(command)));
    }

    @Test
    void lines_are_found_in_code_only_with_what_follows_them() {
        String page = """
                mosquitto_pub -n
                ```
                mosquitto_sub -t a
                # so
                mosquitto_pub \\
                  -t a
                ```
                mosquitto_rr x
                ```sh
                mosquitto_rr y
                mosquitto_passwd p
                ```
                """;

        assertThat(PastedLine.of("page.md", page))
                .containsExactly(
                        new PastedLine("page.md:3", "mosquitto_sub -t a", "mosquitto_pub \\\n  -t a"),
                        new PastedLine("page.md:5", "mosquitto_pub \\\n  -t a", ""),
                        new PastedLine("page.md:10", "mosquitto_rr y", ""));
    }

    @Test
    void expectations_are_read_with_their_kind() {
        Map<String, PastedLine.Expected> read =
                PastedLine.expectations("# why\n\n$ mosquitto_pub -n\n\n& mosquitto_sub -t a\nhello\n\n");

        assertThat(read).containsOnlyKeys("mosquitto_pub -n", "mosquitto_sub -t a");
        assertThat(read.values().stream().map(PastedLine.Expected::listens)).containsExactly(false, true);
        assertThat(read.values().stream().map(expected -> expected.text().pattern()))
                .containsExactly("", "hello");
    }
}

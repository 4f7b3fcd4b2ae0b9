package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableTest {
    private static String printed(Table table, Form form) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(form, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Table table() {
        return new Table("node", "rate", "note").row("n1", 12.34, null).row("long-name", 5.0, "a, \"b\"");
    }

    @Test
    void people_see_numbers_to_the_right_and_what_is_unknown_as_a_dash() {
        assertThat(table().lines())
                .containsExactly("NODE       RATE  NOTE", "n1         12.3  -", "long-name   5.0  a, \"b\"");
    }

    @Test
    void a_number_that_no_row_knows_stands_where_numbers_stand() {
        assertThat(new Table("node", "p99_ms", "note").row("n1", null, null).lines())
                .containsExactly("NODE  P99 MS  NOTE", "n1         -  -");
    }

    @Test
    void json_keeps_numbers_and_says_null() {
        assertThat(printed(table(), Form.JSON).strip())
                .isEqualTo("[{\"node\":\"n1\",\"rate\":12.34,\"note\":null},"
                        + "{\"node\":\"long-name\",\"rate\":5.0,\"note\":\"a, \\\"b\\\"\"}]");
    }

    @Test
    void csv_is_that_of_rfc_4180() {
        assertThat(printed(table(), Form.CSV))
                .isEqualTo("node,rate,note\r\nn1,12.34,\r\nlong-name,5.0,\"a, \"\"b\"\"\"\r\n");
    }

    @Test
    void columns_that_do_not_fit_are_left_out_whole() {
        assertThat(table().lines(15)).containsExactly("NODE       RATE", "n1         12.3", "long-name   5.0");
        assertThat(table().lines(14)).containsExactly("NODE", "n1", "long-name");
        assertThat(table().lines(3)).containsExactly("NODE", "n1", "long-name");
    }

    @Test
    void what_a_node_says_does_not_control_the_terminal() {
        assertThat(new Table("node").row("a\u001b[2Jb").lines()).containsExactly("NODE", "a?[2Jb");
    }

    @Test
    void what_is_not_seen_or_turns_the_writing_round_is_shown() {
        assertThat(new Table("node").row("a\u202eb\u009b2J\u200b").lines()).containsExactly("NODE", "a?b?2J?");
        assertThat(printed(new Table("node").row("a\u202eb\u009b2J"), Form.JSON).strip())
                .isEqualTo("[{\"node\":\"a\\u202eb\\u009b2J\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "=1+1|'=1+1",
                "@SUM(A1)|'@SUM(A1)",
                "+cmd|'+cmd",
                "-2+3|'-2+3",
                "-node|-node",
                "-1.5|-1.5",
                "a=b|a=b",
                "a\u001b[2J|a?[2J"
            })
    void csv_has_no_formulas_and_nothing_that_a_terminal_obeys(String cell, String written) {
        assertThat(printed(new Table("x").row(cell), Form.CSV)).isEqualTo("x\r\n" + written + "\r\n");
    }

    @Test
    void an_empty_table_is_its_names() {
        assertThat(new Table("node").lines()).containsExactly("NODE");
        assertThat(printed(new Table("node"), Form.JSON).strip()).isEqualTo("[]");
    }
}

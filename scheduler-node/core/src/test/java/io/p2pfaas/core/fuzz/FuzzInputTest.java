package io.p2pfaas.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FuzzInputTest {
    @Test
    void a_plain_input_says_its_parser_and_its_content() {
        FuzzInput input = FuzzInput.plain(3, utf8("{}"));

        assertThat(input.parser()).isEqualTo(3);
        assertThat(input.content()).isEqualTo(utf8("{}"));
        assertThat(new FuzzInput(input.bytes()).content()).isEqualTo(utf8("{}"));
    }

    @Test
    void a_head_may_have_a_piece_repeated() {
        assertThat(content("a21\0xyz")).isEqualTo("xyxyxyxyz");
    }

    @Test
    void an_input_without_content_is_empty_for_the_first_parser() {
        assertThat(new FuzzInput(new byte[0]).parser()).isZero();
        assertThat(new FuzzInput(new byte[0]).content()).isEmpty();
        assertThat(new FuzzInput(utf8("b5")).content()).isEmpty();
    }

    @Test
    void repeating_ends_at_a_megabyte() {
        assertThat(content("a@o0" + "[".repeat(300)).length()).isBetween(1 << 19, 1 << 20);
    }

    private static String content(String bytes) {
        return new String(new FuzzInput(utf8(bytes)).content(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

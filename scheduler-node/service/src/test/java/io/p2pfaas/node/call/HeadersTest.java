package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeadersTest {
    @Test
    void names_compare_without_case_and_the_first_counts() {
        Headers headers = Headers.of("Set-Cookie", "a", "SET-COOKIE", "b", "X", "");
        assertThat(headers.first("set-cookie")).isEqualTo("a");
        assertThat(headers.first("x")).isEmpty();
        assertThat(headers.first("y")).isNull();
        assertThat(headers.size()).isEqualTo(3);
    }

    @Test
    void a_value_that_reads_like_a_name_is_none() {
        assertThat(Headers.of("A", "B", "C", "D").first("B")).isNull();
    }

    @Test
    void order_and_repeats_are_kept() {
        List<String> seen = new ArrayList<>();
        Headers.of("B", "1", "A", "2", "B", "3").forEach((name, value) -> seen.add(name + value));
        assertThat(seen).containsExactly("B1", "A2", "B3");
    }

    @Test
    void half_a_field_is_refused() {
        assertThatThrownBy(() -> Headers.of("A")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_built_does_not_change_with_its_builder() {
        Headers.Builder builder = new Headers.Builder().add("A", "1");
        Headers built = builder.build();
        builder.add("B", "2");
        assertThat(built.size()).isEqualTo(1);
        assertThat(new Headers.Builder().build()).isSameAs(Headers.EMPTY);
    }
}

package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.wire.WireMessage;
import org.junit.jupiter.api.Test;

final class AnsweredCallsTest {
    private static final long WINDOW = 1_000;

    private final AnsweredCalls calls = new AnsweredCalls(WINDOW);

    private static WireMessage answer(int bytes) {
        return TestCluster.call("t", "x".repeat(bytes), null, null);
    }

    @Test
    void the_first_of_a_key_is_new_and_a_repeat_is_not() {
        assertThat(calls.came("a", 0).isNew()).isTrue();
        assertThat(calls.came("b", 0).isNew()).isTrue();
        assertThat(calls.came("a", 1).isNew()).isFalse();
        assertThat(calls.came("a", 1).answer()).as("it still runs").isNull();
    }

    @Test
    void a_repeat_finds_the_first_answer() {
        WireMessage first = answer(1);
        calls.came("a", 0);
        calls.answered("a", first);
        calls.answered("a", answer(2));
        assertThat(calls.came("a", 1).answer()).isSameAs(first);
    }

    @Test
    void a_key_is_forgotten_after_the_window() {
        calls.came("a", 0);
        assertThat(calls.came("a", WINDOW - 1).isNew()).isFalse();
        assertThat(calls.came("a", WINDOW).isNew()).isTrue();
    }

    @Test
    void a_forgotten_key_is_new() {
        calls.came("a", 0);
        calls.answered("a", answer(1));
        calls.forget("a");
        calls.forget("never there");
        AnsweredCalls.Known again = calls.came("a", 1);
        assertThat(again.isNew()).isTrue();
        assertThat(again.answer()).isNull();
    }

    @Test
    void a_large_answer_is_not_kept_but_its_repeat_is_still_known() {
        calls.came("a", 0);
        calls.answered("a", answer(64 * 1024 + 1));
        AnsweredCalls.Known known = calls.came("a", 1);
        assertThat(known.isNew()).isFalse();
        assertThat(known.answer()).isNull();
    }

    @Test
    void ten_thousand_keys_are_kept_and_the_oldest_go_first() {
        for (int i = 0; i < 10_000; i++) {
            calls.came("k" + i, 0);
        }
        assertThat(calls.came("k1", 0).isNew())
                .as("of two beyond the bound, one made room")
                .isFalse();
        assertThat(calls.came("one more", 0).isNew()).isTrue();
        assertThat(calls.came("k9999", 0).isNew()).isFalse();
        assertThat(calls.came("k0", 0).isNew()).isTrue();
    }

    @Test
    void answers_are_bounded_in_bytes() {
        int largest = 64 * 1024;
        int kept = 0;
        for (int i = 0; i < 1_000; i++) {
            calls.came("k" + i, 0);
            calls.answered("k" + i, answer(largest));
        }
        for (int i = 0; i < 1_000; i++) {
            AnsweredCalls.Known known = calls.came("k" + i, 0);
            kept += known.isNew() || known.answer() == null ? 0 : 1;
        }
        assertThat(kept).isLessThanOrEqualTo(16 * 1024 * 1024 / largest + 1);
    }

    @Test
    void an_answer_to_an_unknown_call_is_not_kept() {
        calls.answered("a", answer(1));
        assertThat(calls.came("a", 0).isNew()).isTrue();
    }
}

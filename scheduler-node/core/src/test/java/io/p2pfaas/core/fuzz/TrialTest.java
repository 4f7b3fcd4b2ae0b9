package io.p2pfaas.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final byte[] ANY = {1};

    @Test
    void a_refusal_that_is_allowed_and_says_why_is_no_failure() {
        Trial trial = Trial.of(refusing(new IllegalArgumentException("no number")), ANY);

        assertThat(trial.failure()).isNull();
        assertThat(trial.taken()).isFalse();
    }

    @Test
    void a_refusal_without_a_word_is_a_failure() {
        assertThat(Trial.of(refusing(new IllegalArgumentException()), ANY).failure())
                .hasMessageContaining("without a word");
    }

    @Test
    void an_exception_that_is_not_allowed_is_a_failure() {
        assertThat(Trial.of(refusing(new IllegalStateException("broken")), ANY).failure())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_stack_that_is_too_deep_is_a_failure() {
        Parser endless = Parser.of("endless", 10, TrialTest::deeper);

        assertThat(Trial.of(endless, ANY).failure()).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void what_takes_too_much_memory_each_time_is_a_failure() {
        AtomicReference<byte[]> kept = new AtomicReference<>(ANY);
        Parser greedy = Parser.of("greedy", 10, input -> kept.set(new byte[(int) Trial.MAX_BYTES]));

        assertThat(Trial.of(greedy, ANY).failure()).hasMessageContaining("too large");
    }

    @Test
    void what_takes_much_memory_once_is_not() {
        AtomicReference<byte[]> kept = new AtomicReference<>(ANY);
        Parser loading = Parser.of(
                "loading",
                10,
                input -> kept.compareAndSet(ANY, new byte[kept.get() == ANY ? (int) Trial.MAX_BYTES : 1]));

        assertThat(Trial.of(loading, ANY).failure()).isNull();
    }

    private static void deeper(byte[] input) {
        if (input.length > 0) {
            deeper(input.clone());
        }
    }

    private static Parser refusing(RuntimeException refusal) {
        return Parser.of(
                "refusing",
                10,
                input -> {
                    throw refusal;
                },
                IllegalArgumentException.class);
    }
}

package io.p2pfaas.load.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CounterRowsTest {
    private final CounterRows rows = new CounterRows();

    private void say(long atNanos, long received, long sent) {
        rows.onTick(atNanos);
        rows.onReceived(received);
        rows.onSent(sent);
    }

    @Test
    void what_lies_between_two_words_of_the_broker_is_interpolated() {
        say(0, 100, 200);
        say(10, 200, 400);
        say(20, 210, 400);
        assertThat(rows.between(5, 15)).contains(new PublishCounts(55, 100));
        assertThat(rows.between(0, 20)).contains(new PublishCounts(110, 200));
    }

    @Test
    void without_words_on_both_sides_nothing_is_known() {
        assertThat(rows.between(0, 1)).isEmpty();
        say(10, 1, 1);
        say(20, 2, 2);
        assertThat(rows.between(9, 15)).isEmpty();
        assertThat(rows.between(15, 21)).isEmpty();
        assertThat(rows.reach(21)).isFalse();
    }

    @Test
    void a_broker_that_counts_from_zero_again_adds_to_what_was_counted() {
        say(0, 100, 100);
        say(10, 150, 160);
        say(20, 5, 7);
        assertThat(rows.between(0, 20)).contains(new PublishCounts(55, 67));
    }

    @Test
    void counters_that_did_not_change_are_not_said_and_count_as_before() {
        say(0, 100, 100);
        rows.onTick(10);
        say(20, 110, 100);
        assertThat(rows.between(0, 10)).contains(new PublishCounts(0, 0));
        assertThat(rows.between(0, 20)).contains(new PublishCounts(10, 0));
    }
}

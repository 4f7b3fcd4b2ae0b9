package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BrokerChoiceTest {
    private static final long MAX = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST = BrokerChoice.FIRST_BOUND_NANOS;

    private final List<Long> bounds = new ArrayList<>();

    private BrokerChoice choice(String... hosts) {
        List<BrokerAddress> addresses = new ArrayList<>();
        for (String host : hosts) {
            addresses.add(TestLinks.broker(host));
        }
        return new BrokerChoice(addresses, MAX, bound -> {
            bounds.add(bound);
            return bound / 2;
        });
    }

    @Test
    void brokers_are_tried_in_their_order_and_again_from_the_first() {
        BrokerChoice choice = choice("a", "b", "c");
        List<String> tried = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tried.add(choice.current().host());
            long ignored = choice.onFailure();
        }

        assertThat(tried).containsExactly("a", "b", "c", "a", "b");
    }

    @Test
    void the_first_broker_is_tried_again_when_the_current_one_is_lost() {
        BrokerChoice choice = choice("a", "b", "c");
        long ignored = choice.onFailure();
        choice.connected(0);

        assertThat(choice.current().host()).isEqualTo("b");
        ignored = choice.onLoss(MAX);
        assertThat(choice.current().host()).isEqualTo("a");
    }

    @Test
    void a_connection_that_is_renewed_stays_with_its_broker() {
        BrokerChoice choice = choice("a", "b");
        long ignored = choice.onFailure();
        choice.connected(0);
        ignored = choice.onRenewal(MAX);

        assertThat(choice.current().host()).isEqualTo("b");
    }

    @Test
    void pauses_are_drawn_from_zero_to_a_bound_that_doubles_up_to_the_longest_pause() {
        BrokerChoice choice = choice("a", "b");
        long first = choice.onFailure();
        for (int i = 0; i < 7; i++) {
            long ignored = choice.onFailure();
        }

        assertThat(first).isEqualTo(FIRST / 2);
        assertThat(bounds).containsExactly(FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST, 16 * FIRST, 32 * FIRST, MAX, MAX);
    }

    @Test
    void a_connection_that_lasted_lets_pauses_begin_short_again() {
        BrokerChoice choice = choice("a");
        for (int i = 0; i < 10; i++) {
            long ignored = choice.onFailure();
        }
        choice.connected(5);
        bounds.clear();
        long ignored = choice.onLoss(5 + MAX);

        assertThat(bounds).containsExactly(FIRST);
    }

    @Test
    void connections_that_end_at_once_are_not_made_again_without_pause() {
        BrokerChoice choice = choice("a");
        for (int i = 0; i < 3; i++) {
            choice.connected(i);
            long ignored = choice.onLoss(i + 1);
        }

        assertThat(bounds).containsExactly(FIRST, 2 * FIRST, 4 * FIRST);
    }
}

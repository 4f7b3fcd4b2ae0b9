package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PoolOrdersTest {
    private final PoolOrders<String> orders = new PoolOrders<>();

    private int taken() {
        return orders.take().size();
    }

    @Test
    void each_order_is_handed_out_once() {
        orders.fail("a", Failure.NOT_THERE);
        orders.fail("b", Failure.NOT_THERE);

        assertThat(taken()).isEqualTo(2);
        assertThat(taken()).isZero();
    }

    @Test
    void a_later_time_to_wake_needs_no_order_and_an_earlier_one_does() {
        orders.wakeBy(100);
        orders.wakeBy(100);
        orders.wakeBy(200);
        assertThat(taken()).isEqualTo(1);
        orders.wakeBy(50);
        assertThat(taken()).isEqualTo(1);
        orders.wakeBy(Long.MAX_VALUE);

        assertThat(taken()).isZero();
    }

    @Test
    void once_woken_the_next_time_is_ordered_anew() {
        orders.wakeBy(100);
        orders.woken(99);
        orders.wakeBy(200);
        assertThat(taken()).isEqualTo(1);
        orders.woken(100);
        orders.wakeBy(200);

        assertThat(taken()).isEqualTo(1);
    }
}

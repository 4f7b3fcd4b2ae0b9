package io.p2pfaas.load.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LossQueueTest {
    /** ALGORITHMS.md. */
    @ParameterizedTest
    @CsvSource({"1, 4, 0.9, 0.2707", "1, 10, 0.9, 0.1680", "8, 4, 0.9, 0.0780"})
    void losses_without_a_queue_are_those_of_the_tables(int nodes, int slots, double rho, double expected) {
        assertThat(LossQueue.pooled(nodes, slots, 0, rho).loss()).isEqualTo(expected, within(5e-5));
    }

    /** B(1, a) = a / (1 + a); B(2, a) = a² / (2 + 2a + a²). */
    @Test
    void one_and_two_slots_are_exact() {
        assertThat(LossQueue.of(1, 0, 3).loss()).isEqualTo(0.75, within(1e-15));
        assertThat(LossQueue.of(2, 0, 1).loss()).isEqualTo(0.2, within(1e-15));
        assertThat(LossQueue.of(2, 0, 1).meanWait()).isZero();
        assertThat(LossQueue.of(2, 0, 1).utilization()).isEqualTo(0.4, within(1e-15));
    }

    /** M/M/1/1+Q at rho = 1: all Q + 2 states are equally likely. */
    @Test
    void one_slot_with_a_queue_is_exact() {
        LossQueue queue = LossQueue.of(1, 3, 1);

        assertThat(queue.loss()).isEqualTo(1 / 5.0, within(1e-15));
        assertThat(queue.meanQueue()).isEqualTo((1 + 2 + 3) / 5.0, within(1e-15));
        assertThat(queue.meanWait()).isEqualTo(1.2 / 0.8, within(1e-15));
    }

    /** With a large queue and rho below 1 it is M/M/1, whose mean wait is rho / (1 - rho). */
    @Test
    void a_large_queue_is_like_an_endless_one() {
        LossQueue queue = LossQueue.single(1, 100_000, 0.8);

        assertThat(queue.loss()).isZero();
        assertThat(queue.meanWait()).isEqualTo(4, within(1e-9));
    }

    /** Against the plain sum over all states, where that is safe. */
    @ParameterizedTest
    @CsvSource({"4, 4, 0.9", "4, 4, 1.2", "10, 25, 0.5", "3, 1, 2"})
    void the_recursion_is_the_sum_over_states(int slots, int queue, double rho) {
        double weight = 1;
        double sum = 1;
        double waiting = 0;
        for (int n = 1; n <= slots + queue; n++) {
            weight *= rho * slots / Math.min(n, slots);
            sum += weight;
            waiting += Math.max(0, n - slots) * weight;
        }
        LossQueue solved = LossQueue.single(slots, queue, rho);

        assertThat(solved.loss()).isEqualTo(weight / sum, within(1e-12));
        assertThat(solved.meanQueue()).isEqualTo(waiting / sum, within(1e-12));
    }

    /** For many slots under overload the loss tends to 1 - 1/rho; at rho = 1 to sqrt(2 / (pi c)). */
    @Test
    void tens_of_thousands_of_nodes_do_not_overflow() {
        assertThat(LossQueue.pooled(10_000, 4, 0, 1.25).loss()).isEqualTo(0.2, within(1e-3));
        assertThat(LossQueue.pooled(10_000, 4, 0, 1).loss()).isEqualTo(Math.sqrt(2 / (Math.PI * 40_000)), within(2e-5));
        assertThat(LossQueue.pooled(10_000, 4, 100, 1.5).loss()).isEqualTo(1 / 3.0, within(1e-6));
        assertThat(LossQueue.pooled(10_000, 4, 0, 0.5).loss()).isZero();
    }

    @Test
    void pooling_never_loses_more() {
        for (double rho = 0.1; rho < 2; rho += 0.1) {
            assertThat(LossQueue.pooled(8, 4, 2, rho).loss())
                    .isLessThan(LossQueue.single(4, 2, rho).loss());
        }
    }

    @Test
    void impossible_queues_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LossQueue.of(0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> LossQueue.of(1, -1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossQueue.of(1, 0, Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> LossQueue.pooled(Integer.MAX_VALUE, 4, 4, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> LossQueue.pooled(0, 4, 4, 1));
    }
}

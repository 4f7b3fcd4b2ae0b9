package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.ServiceLaw;
import io.p2pfaas.load.record.Interval;
import io.p2pfaas.load.record.RunResult;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What the simulator must reproduce: figures of theory that need no trust in anyone, and of ALGORITHMS. */
final class TheoryTest {
    /** M/M/32/32 with rho .9: eight nodes of four slots that share perfectly. */
    private static final double POOLED_BOUND = 0.0780;

    /** Erlang B by its recursion, and M/M/K/K+Q beyond it. */
    private static double lossOf(int slots, int queue, double offered) {
        double blocked = 1;
        for (int k = 1; k <= slots; k++) {
            blocked = offered * blocked / (k + offered * blocked);
        }
        for (int q = 1; q <= queue; q++) {
            double scaled = offered / slots * blocked;
            blocked = scaled / (1 + scaled);
        }
        return blocked;
    }

    private static void isErlang(Trial trial, double expected) {
        Interval loss = trial.calls(200_000).loss(2);

        assertThat(loss.mean()).isCloseTo(expected, Offset.offset(0.003));
    }

    @Test
    void the_formulas_give_the_figures_of_the_books() {
        assertThat(lossOf(4, 0, 3.6)).isCloseTo(0.2707, Offset.offset(0.00005));
        assertThat(lossOf(10, 0, 9)).isCloseTo(0.1680, Offset.offset(0.00005));
        assertThat(lossOf(32, 0, 28.8)).isCloseTo(POOLED_BOUND, Offset.offset(0.00005));
    }

    @Test
    void nodes_on_their_own_lose_what_erlang_b_says_whatever_the_service_law() {
        isErlang(Trial.of("NoScheduler(true)"), lossOf(4, 0, 3.6));
        isErlang(Trial.of("NoScheduler(true)").service(new ServiceLaw.Deterministic(1e8)), lossOf(4, 0, 3.6));
        isErlang(Trial.of("NoScheduler(true)").set(Grid.SLOTS, 10), lossOf(10, 0, 9));
        isErlang(
                Trial.of("NoScheduler(true)").set(Grid.SLOTS, 10).service(new ServiceLaw.Deterministic(1e8)),
                lossOf(10, 0, 9));
        isErlang(Trial.of("NoScheduler(true)").service(new ServiceLaw.Lognormal(1e8, 1)), lossOf(4, 0, 3.6));
    }

    @Test
    void nodes_on_their_own_with_a_queue_lose_what_m_m_k_k_plus_q_says() {
        isErlang(Trial.of("NoScheduler").set(Grid.QUEUE, 4), lossOf(4, 4, 3.6));
    }

    @Test
    void without_delay_nobody_beats_the_pooled_bound_and_the_matchmaker_reaches_it() {
        // Eager members are exactly the nodes with a free slot: with no delay that is perfect information.
        Interval loss = Trial.of("BrokerMatch(eager)").set(Grid.DELAY, "0ms").loss(3);

        assertThat(loss.high()).isGreaterThanOrEqualTo(POOLED_BOUND);
        assertThat(loss.mean()).isCloseTo(POOLED_BOUND, Offset.offset(0.002));
    }

    @Test
    void a_threshold_just_below_full_loses_no_more_than_none_and_probes_less() {
        RunResult none = Trial.of("PowerOfNScheduler(1,0,true,1)").run();
        RunResult nearlyFull = Trial.of("PowerOfNScheduler(1,3,true,1)").run();

        assertThat(nearlyFull.pB()).isLessThanOrEqualTo(none.pB() + 0.002);
        assertThat(Trial.packets(nearlyFull, "probe")).isLessThan(Trial.packets(none, "probe") * 8 / 10);
    }

    @Test
    void samples_halve_the_losses_of_one_probe_without_a_queue() {
        // By a hair: .0792 against .1590 over four million calls each, so a shorter run needs a little room.
        double probed = Trial.of("PowerOfNScheduler(1,3,true,1)").loss(4).mean();

        assertThat(Trial.of("LeastLoadedSpill").loss(4).mean()).isLessThanOrEqualTo(0.5 * probed + 0.0005);
    }

    @Test
    void samples_cut_the_losses_of_one_probe_to_two_fifths_with_a_queue() {
        double probed = Trial.of("PowerOfNScheduler(1,3,false,1)")
                .set(Grid.QUEUE, 4)
                .loss(3)
                .mean();

        assertThat(Trial.of("LeastLoadedSpill").set(Grid.QUEUE, 4).loss(3).mean())
                .isLessThanOrEqualTo(0.4 * probed);
    }

    @Test
    void the_matchmaker_is_within_five_percent_of_the_pooled_bound_at_five_packets_per_call() {
        RunResult lazy = Trial.of("BrokerMatch").calls(400_000).run();
        RunResult eager = Trial.of("BrokerMatch(eager)").calls(400_000).run();

        assertThat(lazy.pB()).isLessThanOrEqualTo(1.05 * POOLED_BOUND);
        assertThat(eager.pB()).isLessThanOrEqualTo(1.05 * POOLED_BOUND);
        assertThat(Trial.packetsPerCall(lazy)).isLessThanOrEqualTo(5);
        assertThat(Trial.packetsPerCall(eager)).isLessThanOrEqualTo(5);
    }

    @Test
    void a_matchmaker_below_the_bound_owes_it_to_calls_that_wait_on_their_way() {
        // With one deal there is no chain of deals to wait in, and the bound holds.
        assertThat(Trial.of("BrokerMatch(lazy,1)").run().pB()).isGreaterThan(POOLED_BOUND);
        assertThat(Trial.of("BrokerMatch(lazy,6)").run().pB()).isBetween(0.9 * POOLED_BOUND, POOLED_BOUND);
    }

    @Test
    void the_matchmaker_loses_at_most_one_percent_of_the_calls_of_sixty_four_nodes() {
        assertThat(Trial.of("BrokerMatch")
                        .set(Grid.NODES, 64)
                        .calls(200_000)
                        .run()
                        .pB())
                .isLessThanOrEqualTo(0.01);
    }
}

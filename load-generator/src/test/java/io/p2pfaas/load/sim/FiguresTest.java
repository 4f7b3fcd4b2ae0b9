package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.record.RunResult;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Losses and packets that decisions of this project rest on. Eight nodes, K=4, rho .9, h=.02 S unless a test says otherwise. */
final class FiguresTest {
    private static final double POOLED_BOUND = 0.0780;

    private static RunResult run(String policy) {
        return Trial.of(policy).calls(100_000).run();
    }

    @Test
    void both_ways_of_membership_come_near_the_pooled_bound() {
        assertThat(run("BrokerMatch(lazy)").pB()).isCloseTo(POOLED_BOUND, Offset.offset(0.012));
        assertThat(run("BrokerMatch(eager)").pB()).isCloseTo(POOLED_BOUND, Offset.offset(0.012));
    }

    @Test
    void the_matchmaker_loses_less_than_half_of_what_one_probe_loses_and_needs_fewer_packets() {
        RunResult probed = run("PowerOfNScheduler(1,3,true,1)");

        for (String policy : new String[] {"BrokerMatch(lazy)", "BrokerMatch(eager)"}) {
            assertThat(run(policy).pB()).isLessThan(probed.pB() / 2 + 0.004);
            assertThat(Trial.packetsPerCall(run(policy))).isLessThan(Trial.packetsPerCall(probed));
        }
    }

    @Test
    void with_queues_hardly_anything_is_lost() {
        for (String policy : new String[] {"BrokerMatch(lazy)", "BrokerMatch(eager)"}) {
            assertThat(Trial.of(policy).calls(100_000).set(Grid.QUEUE, 4).run().pB())
                    .isLessThan(0.01);
        }
    }

    @Test
    void samples_of_four_peers_come_near_the_bound_and_cost_more_packets() {
        RunResult spill = run("LeastLoadedSpill");

        assertThat(spill.pB()).isCloseTo(POOLED_BOUND, Offset.offset(0.02));
        assertThat(Trial.packetsPerCall(spill)).isGreaterThan(Trial.packetsPerCall(run("BrokerMatch(lazy)")));
    }

    @Test
    void tokens_for_free_slots_come_near_the_bound_without_samples() {
        RunResult tokens = run("JoinIdleQueue(3)");

        assertThat(tokens.pB()).isCloseTo(POOLED_BOUND, Offset.offset(0.015));
        assertThat(Trial.packets(tokens, "notice")).isPositive();
        assertThat(Trial.packetsPerCall(tokens)).isLessThan(Trial.packetsPerCall(run("LeastLoadedSpill")));
        assertThat(Trial.of("JoinIdleQueue(3)")
                        .calls(100_000)
                        .set(Grid.QUEUE, 4)
                        .run()
                        .pB())
                .isLessThan(0.01);
    }

    @Test
    void at_half_load_a_call_costs_less_than_one_packet() {
        RunResult match =
                Trial.of("BrokerMatch(lazy)").calls(100_000).set(Grid.RHO, 0.5).run();

        assertThat(Trial.packetsPerCall(match)).isLessThan(1);
    }
}

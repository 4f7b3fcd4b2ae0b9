package io.p2pfaas.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Losses that theory or an earlier simulation names, with the tolerance that short runs need: losses come in clumps.
 * Eight nodes, K=4, h=0.02 S unless a test says otherwise.
 */
final class FiguresTest {
    private static final double POOLED_BOUND = 0.0780;
    private static final int CALLS = 40_000;

    private static MiniCluster run(String policy, int nodes, int queueMax, double rho) {
        ClusterPlan plan = ClusterPlan.of(
                nodes, 4, queueMax, rho, PolicyCatalogue.standard().create(PolicySpec.parse(policy)), 42);
        MiniCluster cluster = new MiniCluster(plan);
        cluster.run((long) (CALLS * plan.interarrivalNanos() / nodes));
        cluster.calmDown(20_000_000_000L);
        assertThat((long) cluster.outcomes().size()).isEqualTo(cluster.arrived());
        assertThat(cluster.endedIn(EndState.DONE) + cluster.endedIn(EndState.REJECTED))
                .isEqualTo(cluster.arrived());
        return cluster;
    }

    private static double loss(String policy, int queueMax) {
        return run(policy, 8, queueMax, 0.9).lossShare();
    }

    @Test
    void nodes_on_their_own_lose_what_erlang_b_says() {
        assertThat(loss("NoScheduler", 0)).isCloseTo(0.2707, Offset.offset(0.015));
    }

    @Test
    void nodes_on_their_own_with_a_queue_lose_what_m_m_k_k_plus_q_says() {
        // M/M/4/8 with a = 3.6.
        assertThat(loss("NoScheduler", 4)).isCloseTo(0.0966, Offset.offset(0.012));
    }

    @Test
    void the_broker_as_matchmaker_comes_near_the_pooled_bound() {
        assertThat(loss("BrokerMatch(lazy)", 0)).isCloseTo(POOLED_BOUND, Offset.offset(0.012));
        assertThat(loss("BrokerMatch(eager)", 0)).isCloseTo(POOLED_BOUND, Offset.offset(0.012));
    }

    @Test
    void the_broker_as_matchmaker_loses_less_than_half_of_what_one_probe_loses() {
        double onePeerProbed = loss("PowerOfNScheduler(1,3,true,1)", 0);

        assertThat(loss("BrokerMatch(lazy)", 0)).isLessThan(onePeerProbed / 2 + 0.004);
        assertThat(loss("BrokerMatch(eager)", 0)).isLessThan(onePeerProbed / 2 + 0.004);
    }

    @Test
    void with_queues_hardly_anything_is_lost() {
        assertThat(loss("BrokerMatch(lazy)", 4)).isLessThan(0.01);
        assertThat(loss("BrokerMatch(eager)", 4)).isLessThan(0.01);
    }

    @Test
    void samples_of_four_peers_come_near_the_bound_and_cost_more_packets() {
        MiniCluster spill = run("LeastLoadedSpill", 8, 0, 0.9);
        MiniCluster match = run("BrokerMatch(lazy)", 8, 0, 0.9);

        assertThat(spill.lossShare()).isCloseTo(POOLED_BOUND, Offset.offset(0.02));
        assertThat(spill.packets().samples() + spill.packets().forCalls())
                .isGreaterThan(match.packets().samples() + match.packets().forCalls());
    }

    @Test
    void a_call_costs_about_as_many_packets_as_the_first_simulation_said() {
        MiniCluster match = run("BrokerMatch(lazy)", 8, 0, 0.9);

        assertThat((double) match.packets().forCalls() / match.arrived()).isLessThan(4.2);
        assertThat((double) run("BrokerMatch(lazy)", 8, 0, 0.5).packets().forCalls() / match.arrived())
                .isLessThan(1.0);
    }
}

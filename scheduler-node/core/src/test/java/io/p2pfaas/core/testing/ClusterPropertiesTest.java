package io.p2pfaas.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whole clusters with faults: nodes die and come back, links break, messages vanish or come twice. */
final class ClusterPropertiesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> POLICIES = List.of(
            "BrokerMatch(lazy)",
            "BrokerMatch(eager)",
            "LeastLoadedSpill",
            "PowerOfNScheduler(2,3,false,2)",
            "PowerOfNScheduler(1,3,true,1)",
            "ForwardScheduler(3)",
            "NoScheduler(false)");

    private static SchedulingPolicy policy(SplittableRandom chance) {
        return PolicyCatalogue.standard().create(PolicySpec.parse(POLICIES.get(chance.nextInt(POLICIES.size()))));
    }

    private static MiniCluster live(int seed, boolean faultyMessages) {
        SplittableRandom chance = new SplittableRandom(seed);
        ClusterPlan plan = ClusterPlan.of(
                        2 + chance.nextInt(6),
                        1 + chance.nextInt(4),
                        chance.nextInt(4),
                        0.3 + chance.nextDouble(),
                        policy(chance),
                        seed)
                .withBudget(2 * SECOND)
                .withCalls(chance.nextInt(3) == 0 ? 1_000_000 : 10, chance.nextBoolean());
        plan = chance.nextBoolean() ? plan.withRandomDeal() : plan;
        plan = faultyMessages ? plan.withFaultyMessages(0.02, 0.02) : plan;
        MiniCluster cluster = new MiniCluster(plan);
        for (int i = 0; i < 12; i++) {
            cluster.run(chance.nextLong(SECOND / 3));
            disturb(cluster, chance, plan.nodes());
        }
        cluster.calmDown(20 * SECOND);
        return cluster;
    }

    private static void disturb(MiniCluster cluster, SplittableRandom chance, int nodes) {
        int node = chance.nextInt(nodes);
        switch (chance.nextInt(6)) {
            case 0 -> cluster.kill(node);
            case 1, 2 -> cluster.restart(node);
            case 3 -> cluster.linkDown(node);
            case 4 -> cluster.linkUp(node);
            default -> cluster.reconfigure(node, 1 + chance.nextInt(4), chance.nextInt(4), policy(chance));
        }
    }

    private static void everyCallHasEnded(MiniCluster cluster, int nodes) {
        assertThat((long) cluster.outcomes().size()).isEqualTo(cluster.arrived() - cluster.diedWithTheirNode());
        for (int i = 0; i < nodes; i++) {
            if (cluster.node(i).isAlive()) {
                assertThat(cluster.node(i).brain().counters().inFlightFrom(false))
                        .isZero();
                assertThat(cluster.node(i).brain().counters().inFlightFrom(true))
                        .isZero();
                assertThat(cluster.node(i).brain().load().total()).isZero();
            }
        }
    }

    @Property(tries = 150)
    void whatever_breaks_every_caller_of_a_living_node_is_told(@ForAll @IntRange(max = 1_000_000) int seed) {
        MiniCluster cluster = live(seed, false);

        everyCallHasEnded(cluster, cluster.size());
    }

    @Property(tries = 150)
    void lost_and_doubled_messages_leave_no_call_unaccounted(@ForAll @IntRange(max = 1_000_000) int seed) {
        MiniCluster cluster = live(seed, true);

        everyCallHasEnded(cluster, cluster.size());
    }

    @Property(tries = 30)
    void the_same_seed_tells_the_same_story(@ForAll @IntRange(max = 1_000_000) int seed) {
        assertThat(live(seed, true).outcomes()).isEqualTo(live(seed, true).outcomes());
    }
}

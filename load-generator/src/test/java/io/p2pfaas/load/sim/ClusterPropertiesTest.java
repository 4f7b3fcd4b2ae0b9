package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.core.testing.Referee;
import io.p2pfaas.load.arrivals.ArrivalProcess;
import io.p2pfaas.load.arrivals.Poisson;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.ServiceLaw;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Whole clusters with faults: nodes and the broker die, stand still and come back, links break, messages vanish or come
 * twice. A {@link Referee} checks every brain after every event.
 */
final class ClusterPropertiesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> POLICIES = List.of(
            "BrokerMatch(lazy)",
            "BrokerMatch(eager)",
            "LeastLoadedSpill",
            "PowerOfNScheduler(2,3,false,2)",
            "PowerOfNScheduler(1,3,true,1)",
            "ForwardScheduler(3)",
            "NoScheduler(false)",
            "RandomSpill(2)",
            "LeastLoaded(2)",
            "SharedSubscription(2)",
            "PowerOfNSchedulerTau(2,2,false,1,20ms)",
            "PowerOfNScheduler(2,2,true,1) faithful",
            "RoundRobinWithMasterScheduler(auto,n1,false)",
            "JoinIdleQueue(3)",
            "PullFromQueue",
            "Prequal",
            "LearningScheduler(1)");

    private final Map<NodeId, Referee> referees = new LinkedHashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    private static Supplier<SchedulingPolicy> policy(RandomGenerator chance) {
        PolicySpec spec = PolicySpec.parse(POLICIES.get(chance.nextInt(POLICIES.size())));
        return () -> PolicyCatalogue.standard().create(spec);
    }

    private Mind refereed(BrainSettings settings, SchedulingPolicy policy, RandomGenerator random) {
        Referee referee = new Referee(new NodeBrain(settings, policy, random), settings);
        referees.put(settings.self(), referee);
        return referee::on;
    }

    private static Setup setup(SplittableRandom chance, long seed, double faultyMessages) {
        int nodes = 2 + chance.nextInt(6);
        int slots = 1 + chance.nextInt(4);
        ArrivalProcess arrivals = new Poisson((0.3 + chance.nextDouble()) * slots * 10);
        return new Setup(
                nodes,
                slots,
                chance.nextInt(4),
                policy(chance),
                Collections.<@Nullable ArrivalProcess>nCopies(nodes, arrivals),
                Collections.nCopies(nodes, 1.0),
                new Setup.Work(
                        new ServiceLaw.Exponential(SECOND / 10.0),
                        chance.nextBoolean(),
                        2 * SECOND,
                        0,
                        0,
                        List.of(new PayloadSpec("any", chance.nextInt(3) == 0 ? 1_000_000 : 10, 1, null))),
                new Setup.Network(
                        2_000_000,
                        chance.nextBoolean() ? 1_000_000 : 0,
                        0,
                        0,
                        faultyMessages,
                        faultyMessages,
                        chance.nextBoolean() ? SharedGroup.Deal.RANDOM : SharedGroup.Deal.ROUND_ROBIN),
                new Setup.Span(0, 2 * SECOND, 20 * SECOND, 1000 * SECOND),
                List.of(),
                seed,
                settings -> settings);
    }

    private Cluster live(int seed, double faultyMessages) {
        // One instance of this class sees all tries of a property.
        referees.clear();
        outcomes.clear();
        SplittableRandom chance = new SplittableRandom(seed);
        Simulation simulation = new Simulation(setup(chance, seed, faultyMessages), this::refereed, outcomes::add);
        Cluster cluster = simulation.cluster();
        for (int i = 0; i < 12; i++) {
            cluster.time().plan(chance.nextLong(2 * SECOND), new Happening() {
                @Override
                void happen() {
                    disturb(cluster, chance);
                }
            });
        }
        cluster.time().plan(2 * SECOND, new Happening() {
            @Override
            void happen() {
                // What stands still for ever is not told from what takes long.
                cluster.broker().resume();
                for (int i = 0; i < cluster.size(); i++) {
                    cluster.node(i).resume();
                }
            }
        });
        simulation.run();
        // Also what no caller waits for any more comes to its end.
        cluster.time().runUntil(cluster.time().nowNanos() + 20 * SECOND);
        return cluster;
    }

    private static void disturb(Cluster cluster, RandomGenerator chance) {
        int node = chance.nextInt(cluster.size());
        switch (chance.nextInt(10)) {
            case 0 -> cluster.kill(node);
            case 1, 2 -> cluster.restart(node);
            case 3 -> cluster.loseLink(node);
            case 4 -> cluster.regainLink(node);
            case 5 -> cluster.broker().kill();
            case 6, 7 -> cluster.startBroker();
            case 8 -> {
                if (chance.nextBoolean()) {
                    cluster.node(node).pause();
                } else {
                    cluster.broker().pause();
                }
            }
            default ->
                cluster.reconfigure(
                        node,
                        1 + chance.nextInt(4),
                        chance.nextInt(4),
                        policy(chance).get());
        }
    }

    private void everyCallHasEnded(Cluster cluster) {
        assertThat(outcomes).hasSize((int) cluster.books().due());
        assertThat(outcomes.stream().map(Outcome::call)).doesNotHaveDuplicates();
        assertThat(outcomes.stream().map(Outcome::state)).doesNotContain(EndState.CUT_OFF, EndState.TIMEOUT);
        for (int i = 0; i < cluster.size(); i++) {
            Referee referee = referees.get(cluster.node(i).id());
            if (cluster.node(i).isAlive() && referee != null) {
                assertThat(referee.brain().counters().inFlightFrom(false)).isZero();
                assertThat(referee.brain().counters().inFlightFrom(true)).isZero();
                assertThat(referee.brain().load().total()).isZero();
            }
        }
        assertThat(referees).hasSize(cluster.size());
    }

    @Property(tries = 80)
    void whatever_breaks_every_caller_of_a_living_node_is_told(@ForAll @IntRange(max = 1_000_000) int seed) {
        everyCallHasEnded(live(seed, 0));
    }

    @Property(tries = 80)
    void lost_and_doubled_messages_leave_no_call_unaccounted(@ForAll @IntRange(max = 1_000_000) int seed) {
        everyCallHasEnded(live(seed, 0.02));
    }

    @Property(tries = 20)
    void the_same_seed_tells_the_same_story(@ForAll @IntRange(max = 1_000_000) int seed) {
        live(seed, 0.02);
        List<Outcome> first = List.copyOf(outcomes);
        live(seed, 0.02);

        assertThat(outcomes).isEqualTo(first);
    }
}

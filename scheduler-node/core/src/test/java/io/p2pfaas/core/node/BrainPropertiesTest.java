package io.p2pfaas.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.core.policy.SpillGroup;
import io.p2pfaas.core.testing.Referee;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to a brain, in whatever order: the {@link Referee} finds nothing to whistle at. */
final class BrainPropertiesTest {
    private static final int EVENTS = 400;
    private static final long START_NANOS = -50_000_000_000L;

    private static List<SchedulingPolicy> policies() {
        List<SchedulingPolicy> policies = new ArrayList<>(Stream.of(
                        "BrokerMatch(lazy)",
                        "BrokerMatch(eager)",
                        "LeastLoadedSpill",
                        "PowerOfNScheduler(2,1,false,2)",
                        "PowerOfNScheduler(1,1,true,1)",
                        "ForwardScheduler(2)",
                        "JoinIdleQueue(2)",
                        "NoScheduler(false)")
                .map(text -> PolicyCatalogue.standard().create(PolicySpec.parse(text)))
                .toList());
        SplittableRandom moods = new SplittableRandom(5);
        policies.add(ScriptedPolicy.of((call, cluster) -> switch (moods.nextInt(7)) {
            case 0 -> new Decision.WaitUntil(cluster.nowNanos() + moods.nextLong(50_000_000L));
            case 1 -> new Decision.Offer(SpillGroup.QUEUE);
            case 2 -> new Decision.Forward(Scene.ME);
            case 3 -> new Decision.ProbeFirst(List.of(Scene.A, Scene.A));
            case 4 -> throw new IllegalStateException("on purpose");
            default -> new Decision.RunHere(moods.nextBoolean());
        }));
        return policies;
    }

    /** Runs one random life; answers all effects. */
    private static List<Effect> live(int seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        List<SchedulingPolicy> policies = policies();
        RandomEvents events = new RandomEvents(chance, policies);
        BrainSettings settings = Settings.of(1 + chance.nextInt(3), chance.nextInt(3))
                .maxCalls(40)
                .maxHops(3)
                .build();
        NodeBrain brain = new NodeBrain(
                settings,
                policies.get(chance.nextInt(policies.size())),
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        Referee referee = new Referee(brain, settings);
        List<Effect> all = new ArrayList<>();
        long now = START_NANOS;
        events.saw(referee.on(new Event.FunctionsChanged(Set.of(Scene.F)), now));
        events.saw(referee.on(new Event.LinkUp(), now));
        for (int i = 0; i < EVENTS; i++) {
            now += events.stepNanos();
            List<Effect> effects = referee.on(events.next(now), now);
            events.saw(effects);
            all.addAll(effects);
        }
        all.addAll(comeToRest(referee, now));
        return all;
    }

    /** Past all deadlines every call has ended, and no timer is left. */
    private static List<Effect> comeToRest(Referee referee, long nowNanos) {
        List<Effect> last = new ArrayList<>(referee.on(new Event.LinkDown(), nowNanos));
        last.addAll(referee.on(new Event.Woken(), nowNanos + 60_000_000_000L));
        NodeBrain brain = referee.brain();
        assertThat(brain.counters().inFlightFrom(false)).isZero();
        assertThat(brain.counters().inFlightFrom(true)).isZero();
        assertThat(referee.replies()).isEqualTo(brain.counters().receivedFrom(false));
        assertThat(brain.load().queued()).isZero();
        assertThat(brain.timersSet()).isZero();
        return last;
    }

    @Property(tries = 1_500)
    void no_sequence_of_events_breaks_the_rules(@ForAll @IntRange(max = 1_000_000) int seed) {
        assertThat(live(seed)).isNotNull();
    }

    @Property(tries = 100)
    void the_same_seed_has_the_same_effects(@ForAll @IntRange(max = 1_000_000) int seed) {
        assertThat(live(seed)).isEqualTo(live(seed));
    }
}

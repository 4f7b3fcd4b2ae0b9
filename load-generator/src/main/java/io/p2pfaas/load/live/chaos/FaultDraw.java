package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.live.ledger.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Draws the faults of a run. Same plan, same faults. */
final class FaultDraw {
    private static final long FIRST_MILLIS = 3_000;
    private static final long MIN_PAUSE_MILLIS = 4_000;
    private static final long MAX_PAUSE_MILLIS = 12_000;
    private static final long LAST_QUIET_MILLIS = 10_000;

    private FaultDraw() {}

    /**
     * One fault.
     *
     * @param pause since everything was well again after the one before
     * @param hold until it is mended
     */
    record Blow(Duration pause, Fault fault, String target, Duration hold) {}

    /**
     * More than fit into the duration if mending takes no time, so that the run ends and not the list. All kinds come
     * once before one comes again. The first node is never killed or restarted: it shows what grows in a long life.
     */
    static List<Blow> draw(ChaosPlan plan) {
        RandomGenerator random = Seeds.generator(Seeds.stream(plan.seed(), Seeds.Use.NETWORK, -1));
        List<Blow> blows = new ArrayList<>();
        List<Fault> deck = new ArrayList<>();
        Set<Fault> kinds = new HashSet<>(plan.faults());
        // Told by the calls themselves, all the time.
        kinds.remove(Fault.FUNCTION);
        kinds.remove(Fault.SILENCE);
        long end = plan.duration().toMillis();
        long at = 0;
        while (!kinds.isEmpty() && at < end) {
            if (deck.isEmpty()) {
                Arrays.stream(Fault.values()).filter(kinds::contains).forEach(deck::add);
            }
            Fault fault = deck.remove(random.nextInt(deck.size()));
            long pause = blows.isEmpty() ? FIRST_MILLIS : random.nextLong(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
            long hold = hold(fault, random);
            blows.add(new Blow(
                    Duration.ofMillis(pause), fault, target(fault, plan.nodes(), random), Duration.ofMillis(hold)));
            at += pause + hold;
        }
        return List.copyOf(blows);
    }

    /** How long before the end of the run the last fault may begin, so that its effects are seen. */
    static Duration lastQuiet() {
        return Duration.ofMillis(LAST_QUIET_MILLIS);
    }

    private static String target(Fault fault, int nodes, RandomGenerator random) {
        return switch (fault) {
            case BROKER_KILL, BROKER_FREEZE -> Fault.BROKER;
            case STOP, GARBAGE, FUNCTION, SILENCE -> "n" + random.nextInt(1, nodes + 1);
            case KILL, RESTART -> "n" + random.nextInt(2, nodes + 1);
        };
    }

    private static long hold(Fault fault, RandomGenerator random) {
        return switch (fault) {
            case KILL -> random.nextLong(0, 5_000);
            case STOP -> random.nextLong(500, 8_000);
            case BROKER_KILL -> random.nextLong(1_000, 10_000);
            case BROKER_FREEZE -> random.nextLong(500, 6_000);
            case RESTART, GARBAGE, FUNCTION, SILENCE -> 0;
        };
    }
}

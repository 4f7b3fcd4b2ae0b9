package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.live.Agenda;
import io.p2pfaas.load.live.chaos.Instruction.Deed;
import io.p2pfaas.load.plan.Experiment.Via;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which calls a run consists of. */
final class CallMix {
    /** An idempotent function: nodes may run its calls again when they cannot know. */
    static final String WORK = "work";

    /** A function that is not. */
    static final String ONCE = "once";

    static final List<Via> CLIENTS = List.of(Via.HTTP, Via.MQTT5, Via.MQTT311);

    private static final List<Kind> WELL =
            List.of(new Kind(WORK, Deed.ECHO, 1, 0.7), new Kind(ONCE, Deed.ECHO, 1, 0.3));
    private static final double SLOW = 5;
    /** In the place of the time of a kind: longer than the budget. */
    private static final double HANGS = -1;

    private static final double SPREAD = 10;

    private final Duration service;
    private final Duration budget;
    private final List<Kind> kinds;

    /**
     * A kind of call.
     *
     * @param time of the function, as a multiple of the mean
     */
    private record Kind(String function, Deed deed, double time, double weight) {}

    /** @param faulty whether functions are slow, fail, crash and hang now and then */
    CallMix(Duration service, Duration budget, boolean faulty) {
        this.service = service;
        this.budget = budget;
        kinds = new ArrayList<>(WELL);
        if (faulty) {
            kinds.add(new Kind(WORK, Deed.ECHO, SLOW, 0.02));
            kinds.add(new Kind(WORK, Deed.FAIL, 1, 0.02));
            kinds.add(new Kind(WORK, Deed.CRASH, 1, 0.01));
            kinds.add(new Kind(ONCE, Deed.CRASH, 1, 0.01));
            kinds.add(new Kind(WORK, Deed.ECHO, HANGS, 0.0005));
            kinds.add(new Kind(ONCE, Deed.ECHO, HANGS, 0.0005));
        }
    }

    /** Mean time that a call keeps a slot, in seconds. */
    double meanSeconds() {
        double weights = kinds.stream().mapToDouble(Kind::weight).sum();
        return kinds.stream()
                        .mapToDouble(kind -> kind.weight() * meanMillis(kind))
                        .sum()
                / weights
                / 1e3;
    }

    private double meanMillis(Kind kind) {
        return kind.time() == HANGS ? 1.5 * budget.toMillis() : kind.time() * service.toMillis();
    }

    String function(int kind) {
        return kinds.get(kind).function();
    }

    /** What the function is to do for a call: its time is even around the mean. */
    Instruction instruction(String id, int kind, int number) {
        Kind what = kinds.get(kind);
        double spread = what.time() == HANGS ? 1 : 0.5 + number % (SPREAD + 1) / SPREAD;
        return new Instruction(id, what.deed(), (int) Math.round(meanMillis(what) * spread));
    }

    /** Deals kinds of calls and clients to the calls of one node. */
    Agenda.Dealer dealer(long seed) {
        RandomGenerator random = Seeds.generator(seed);
        double sum = kinds.stream().mapToDouble(Kind::weight).sum();
        return new Agenda.Dealer() {
            @Override
            public int payload() {
                double left = random.nextDouble() * sum;
                for (int i = 0; i < kinds.size() - 1; i++) {
                    left -= kinds.get(i).weight();
                    if (left < 0) {
                        return i;
                    }
                }
                return kinds.size() - 1;
            }

            @Override
            public int client() {
                return random.nextInt(CLIENTS.size());
            }
        };
    }
}

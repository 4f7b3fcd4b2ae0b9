package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.runtime.docker.ReplicaPool.Ended;
import io.p2pfaas.node.testing.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens in whatever order: each call ends once, and no limit is passed. */
final class ReplicaPoolPropertyTest {
    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "random starts, crashes, departures of containers",
            promise = "every call ends once")
    @Property(tries = 500)
    void every_call_ends_once_and_no_limit_is_passed(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 3) int concurrency,
            @ForAll @IntRange(min = 1, max = 4) int max,
            @ForAll boolean toZero) {
        Random random = new Random(seed);
        PoolProbe probe = new PoolProbe(PoolProbe.rules(random.nextInt(max + 1), max, toZero, concurrency));
        Set<String> open = new HashSet<>();
        probe.on(pool -> pool.engineThere(probe.now));
        for (int step = 0; step < 200; step++) {
            step(probe, random, open, "call " + step, max);
            account(probe, open);
            assertThat(probe.pool.replicas().stream().filter(one -> one.state != Replica.State.LEAVING))
                    .hasSizeLessThanOrEqualTo(max);
            for (Replica replica : probe.pool.replicas()) {
                long inIt = probe.running.values().stream()
                        .filter(other -> other == replica)
                        .count();
                assertThat(replica.running).isEqualTo((int) inIt);
                assertThat(concurrency == 0 || replica.running <= concurrency).isTrue();
            }
        }
        probe.on(pool -> pool.leave(probe.now));
        List.copyOf(probe.running.keySet()).forEach(probe::answer);
        account(probe, open);
        assertThat(open).isEmpty();
        assertThat(probe.pool.replicas()).isEmpty();
    }

    /** Strikes off what has failed or runs; a call may do only one of it, once. */
    private static void account(PoolProbe probe, Set<String> open) {
        for (String done : probe.done()) {
            if (done.startsWith("fail ")) {
                assertThat(open.remove(done.substring(5))).as(done).isTrue();
            } else if (done.startsWith("run ")) {
                assertThat(open.remove(done.substring(4, done.lastIndexOf(" in "))))
                        .as(done)
                        .isTrue();
            }
        }
        assertThat(open).hasSize(probe.pool.waiting());
    }

    private static void step(PoolProbe probe, Random random, Set<String> open, String call, int max) {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> {
                open.add(call);
                probe.call(call);
            }
            case 4, 5, 6 ->
                one(random, List.copyOf(probe.running.keySet())).forEach(running -> {
                    Ended[] how = Ended.values();
                    probe.end(running, how[random.nextInt(how.length)]);
                });
            case 7 -> one(random, List.copyOf(probe.starting)).forEach(replica -> probe.ready(replica.number));
            case 8 ->
                one(random, List.copyOf(probe.starting)).forEach(replica -> {
                    if (random.nextInt(3) == 0) {
                        probe.startFails(replica.number);
                    } else {
                        probe.ready(replica.number);
                    }
                });
            case 9 -> {
                one(random, List.copyOf(probe.pausing)).forEach(replica -> probe.paused(replica.number));
                one(random, List.copyOf(probe.unpausing)).forEach(replica -> probe.unpaused(replica.number));
            }
            case 10 -> {
                if (random.nextInt(4) == 0) {
                    one(random, List.copyOf(probe.replicas.values())).forEach(replica -> {
                        probe.starting.remove(replica);
                        probe.crash(replica.number);
                    });
                }
            }
            case 11 -> {
                if (random.nextInt(4) == 0) {
                    probe.on(pool -> pool.scale(random.nextInt(max + 1), probe.now));
                }
            }
            case 12 -> {
                if (random.nextInt(6) == 0) {
                    probe.on(ReplicaPool::engineLost);
                    probe.on(pool -> pool.engineThere(probe.now));
                }
                one(random, List.copyOf(open)).forEach(waiting -> {
                    if (probe.pool.withdrawn(waiting)) {
                        open.remove(waiting);
                    }
                });
            }
            default -> probe.pass(random.nextDouble() * 20);
        }
    }

    private static <T> List<T> one(Random random, List<T> all) {
        return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
    }
}

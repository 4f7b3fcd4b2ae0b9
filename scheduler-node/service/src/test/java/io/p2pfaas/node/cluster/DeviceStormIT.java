package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many devices lose their broker at once and come back at once. */
@Tag("long")
final class DeviceStormIT {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceStormIT.class);
    private static final int DEVICES = 500;
    /**
     * Paho keeps three threads busy for a client that is connected: one reads, one writes, one calls back. Those of a lost
     * connection end only after those of the next one have begun, so with too few all wait for each other.
     */
    private static final int THREADS = 7 * DEVICES;

    private static final int STACK_BYTES = 256 * 1024;
    private static final long CONNECT_WITHIN_MILLIS = 3_000;
    private static final long BETWEEN_CALLS_MILLIS = 2_000;
    private static final long OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final List<StormDevice> devices = new ArrayList<>();

    @Fault(
            in = Fault.Area.CALLER,
            fault = "500 devices reconnect at once",
            promise = "all are served again within 60 s; every call is accounted for")
    @Test
    void five_hundred_devices_lose_the_broker_together_and_all_are_back_with_every_call_accounted_for()
            throws MqttException {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(null, task, "device", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Cluster cluster = Cluster.of(2, flags(broker))) {
            for (int i = 0; i < DEVICES; i++) {
                devices.add(new StormDevice(broker.port(), "storm" + i, timer, i, BETWEEN_CALLS_MILLIS));
            }
            devices.forEach(device -> device.start(CONNECT_WITHIN_MILLIS));
            awaitAll("served", StormDevice::isServed);

            broker.kill();
            awaitAll("without a broker", StormDevice::isDisconnected);
            LockSupport.parkNanos(OUTAGE_NANOS);
            long madeBefore = sum(StormDevice::made);
            broker.restart();
            long start = System.nanoTime();
            awaitAll("served again", StormDevice::isServed);
            long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

            devices.forEach(StormDevice::stopCalling);
            awaitAll("without an open call", device -> !device.isOpen());
            cluster.awaitIdle();
            assertAccountedFor(cluster);
            LOG.info(
                    "{} devices were back after {} ms; {} calls, {} of them before, sent {} times, {} of them refused",
                    DEVICES,
                    tookMillis,
                    sum(StormDevice::made),
                    madeBefore,
                    sum(StormDevice::sent),
                    refused());
            for (StormDevice device : devices) {
                device.leave();
            }
        } finally {
            timer.shutdownNow();
        }
    }

    private static Flags flags(MosquittoProcess broker) {
        return Flags.forBroker(broker.port())
                .with("slots", "8")
                .with("queue", "1000")
                .with("functions", "echo=builtin:echo");
    }

    private void assertAccountedFor(Cluster cluster) {
        assertThat(devices).allSatisfy(device -> {
            assertThat(device.oddities()).isEmpty();
            assertThat(device.outcomes()).hasSize(device.made());
            assertThat(device.connects()).isGreaterThanOrEqualTo(2);
        });
        // Each scrape is balanced: received = done + failed + rejected + expired + cancelled, with nothing in flight.
        List<Metrics> nodes = cluster.metrics();
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.inFlight("caller") + node.inFlight("peer"))
                        .isZero());
        long received =
                nodes.stream().mapToLong(node -> node.received("caller")).sum();
        assertThat(received).isBetween(sum(StormDevice::made), sum(StormDevice::sent));
    }

    private long sum(ToIntFunction<StormDevice> number) {
        return devices.stream().mapToInt(number).sum();
    }

    private long refused() {
        return devices.stream()
                .flatMap(device -> device.outcomes().stream())
                .filter(outcome -> !outcome.failure().isEmpty())
                .count();
    }

    /** The bound is that of the acceptance; a machine that has nothing else to do needs a tenth of it. */
    private void awaitAll(String what, Predicate<StormDevice> condition) {
        BooleanSupplier all = () -> devices.stream().allMatch(condition);
        long end = System.nanoTime() + BOUND.toNanos();
        while (!all.getAsBoolean()) {
            if (System.nanoTime() > end) {
                long count = devices.stream().filter(condition).count();
                fail(count + " of " + DEVICES + " devices are " + what + " after " + BOUND);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}

package io.p2pfaas.load.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/** Devices of one kind, dealt to in turn. Calls come from one thread; replies come from threads of the MQTT client. */
public final class DeviceFleet implements AutoCloseable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final BrokerAddress broker;
    private final List<Device> devices = new ArrayList<>();
    private final ExecutorService reconnects;
    private long calls;

    /** Which MQTT they speak. */
    public enum Protocol {
        MQTT5,
        MQTT311
    }

    /**
     * Makes devices and begins to connect them.
     *
     * @param idPrefix the client ids are this and a number; must be new for each fleet, or nodes would take a new call for
     *     one that they have answered already. Up to 50 characters of A-Z a-z 0-9 _ -
     */
    public DeviceFleet(BrokerAddress broker, Protocol protocol, String idPrefix, int size) {
        this(broker, protocol, idPrefix, size, stray -> {});
    }

    /**
     * The same.
     *
     * @param strays told answers that no call waits for: it was given up, lost, or answered already; from any thread
     */
    public DeviceFleet(
            BrokerAddress broker, Protocol protocol, String idPrefix, int size, Consumer<DeviceReply.Answered> strays) {
        this.broker = broker;
        reconnects = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "lab-devices");
            thread.setDaemon(true);
            return thread;
        });
        Executor later = CompletableFuture.delayedExecutor(Limits.RECONNECT_MILLIS, TimeUnit.MILLISECONDS, reconnects);
        for (int i = 1; i <= size; i++) {
            devices.add(new Device(wiring(protocol, idPrefix + i), later, strays));
        }
        devices.forEach(Device::connect);
    }

    private Function<Line.Listener, Line> wiring(Protocol protocol, String id) {
        return listener -> {
            try {
                return protocol == Protocol.MQTT5
                        ? new Mqtt5Line(broker, id, listener)
                        : new Mqtt3Line(broker, id, listener);
            } catch (org.eclipse.paho.mqttv5.common.MqttException
                    | org.eclipse.paho.client.mqttv3.MqttException impossible) {
                throw new IllegalStateException("cannot make an MQTT client for " + broker, impossible);
            }
        };
    }

    /** Waits until all are connected; false if they are not after this time. */
    public boolean awaitUp(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!devices.stream().allMatch(Device::isUp)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /**
     * Sends a call from the next device and returns at once. A device that is not connected loses the call.
     *
     * @param onReply told the end once, unless the call is given up; from any thread, also from within this method
     * @return gives the call up; harmless when it has ended
     */
    public Runnable call(DeviceCall call, Consumer<DeviceReply> onReply) {
        return devices.get((int) (calls++ % devices.size())).call(call, onReply);
    }

    /** Cuts all connections. What is in flight is lost. */
    @Override
    public void close() {
        devices.forEach(Device::close);
        reconnects.shutdownNow();
    }
}

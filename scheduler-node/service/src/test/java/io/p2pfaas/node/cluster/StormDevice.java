package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.ScheduledExecutorPingSender;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A device as docs/devices.md recommends: it numbers its calls, comes back after a random pause that may grow, subscribes
 * first, and then says again what was not answered. Paho's own reconnect has the same pauses for all, so it is off.
 */
final class StormDevice implements MqttCallback {
    private static final long PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long REPEAT_MILLIS = 5_000;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int CONNECT_SECONDS = 10;
    private static final int MAX_INFLIGHT = 100;

    /** How a call ended: the levels after its number, which are empty if it was done, and the body. */
    record Outcome(String failure, String body) {}

    private final String base;
    private final MqttAsyncClient client;
    private final ScheduledExecutorService timer;
    private final Random random;
    private final long betweenCallsMillis;

    private final Map<Integer, Long> open = new LinkedHashMap<>();
    private final Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
    private final List<String> oddities = new ArrayList<>();
    private int numbers;
    private int sent;
    private int connects;
    private int failedTries;
    private int firstOfThisConnection = Integer.MAX_VALUE;
    private boolean isPausing;
    private boolean calls = true;

    StormDevice(int port, String name, ScheduledExecutorService timer, long seed, long betweenCallsMillis)
            throws MqttException {
        this.base = "p2pfaas/v1/dev/" + name;
        this.timer = timer;
        this.random = new Random(seed);
        this.betweenCallsMillis = betweenCallsMillis;
        this.client = new MqttAsyncClient(
                "tcp://127.0.0.1:" + port,
                name,
                new MemoryPersistence(),
                new ScheduledExecutorPingSender(timer),
                timer);
        client.setCallback(this);
    }

    /** Connects within so many milliseconds, and calls from then on. */
    void start(long withinMillis) {
        later(this::connect, random.nextLong(withinMillis));
        later(this::tick, withinMillis);
    }

    private void later(Runnable task, long millis) {
        Future<?> ignored = timer.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException failed) {
                        synchronized (this) {
                            oddities.add("" + failed);
                        }
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void connect() {
        synchronized (this) {
            isPausing = false;
        }
        if (client.isConnected()) {
            subscribe();
            return;
        }
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(true);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setMaxInflight(MAX_INFLIGHT);
        attempt(() -> client.connect(options, null, then(this::subscribe)));
    }

    private void subscribe() {
        attempt(() -> client.subscribe(base + "/rsp/#", 1, null, then(this::isBack)));
    }

    private synchronized void isBack() {
        connects++;
        failedTries = 0;
        firstOfThisConnection = numbers + 1;
        open.keySet().forEach(this::send);
    }

    private interface Step {
        void take() throws MqttException;
    }

    private void attempt(Step step) {
        try {
            step.take();
        } catch (MqttException failed) {
            comeBackLater();
        }
    }

    private IMqttActionListener then(Runnable next) {
        return new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                next.run();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable why) {
                comeBackLater();
            }
        };
    }

    /** Full jitter: any pause up to one that doubles. */
    private synchronized void comeBackLater() {
        if (isPausing) {
            return;
        }
        isPausing = true;
        firstOfThisConnection = Integer.MAX_VALUE;
        long longest = Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS << Math.min(failedTries++, 10));
        later(this::connect, random.nextLong(longest) + 1);
    }

    private void tick() {
        synchronized (this) {
            if (calls) {
                open.put(++numbers, System.nanoTime());
                send(numbers);
            }
            long due = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(REPEAT_MILLIS);
            open.forEach((number, since) -> {
                if (since - due < 0) {
                    send(number);
                }
            });
        }
        later(this::tick, betweenCallsMillis / 2 + random.nextLong(betweenCallsMillis));
    }

    private void send(int number) {
        try {
            if (client.isConnected()) {
                open.put(number, System.nanoTime());
                sent++;
                client.publish(base + "/req/echo/" + number, body(number).getBytes(UTF_8), 1, false);
            }
        } catch (MqttException ignored) {
            // Its connection is lost or full: it is open, so it is said again.
        }
    }

    private static String body(int number) {
        return "call " + number;
    }

    @Override
    public void connectionLost(Throwable why) {
        comeBackLater();
    }

    @Override
    public synchronized void messageArrived(String topic, MqttMessage message) {
        String[] levels = topic.substring((base + "/rsp/").length()).split("/", 2);
        int number = Integer.parseInt(levels[0]);
        Outcome outcome = new Outcome(levels.length > 1 ? levels[1] : "", new String(message.getPayload(), UTF_8));
        Outcome before = outcomes.putIfAbsent(number, outcome);
        open.remove(number);
        if (before != null && !before.equals(outcome)) {
            oddities.add(topic + " is " + outcome + " after " + before);
        }
        if (outcome.failure().isEmpty() && !outcome.body().equals(body(number))) {
            oddities.add(topic + " has another call's answer: " + outcome);
        }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // The broker has it; that is no answer.
    }

    /** Whether a call that it made since it connected last is answered. */
    synchronized boolean isServed() {
        return outcomes.keySet().stream().anyMatch(number -> number >= firstOfThisConnection);
    }

    synchronized boolean isDisconnected() {
        return !client.isConnected();
    }

    synchronized void stopCalling() {
        calls = false;
    }

    synchronized int made() {
        return numbers;
    }

    synchronized int sent() {
        return sent;
    }

    synchronized int connects() {
        return connects;
    }

    synchronized boolean isOpen() {
        return !open.isEmpty();
    }

    synchronized List<Outcome> outcomes() {
        return List.copyOf(outcomes.values());
    }

    synchronized List<String> oddities() {
        return List.copyOf(oddities);
    }

    /** Goes for good; its threads are the timer's. */
    void leave() throws MqttException {
        synchronized (this) {
            calls = false;
            isPausing = true;
        }
        if (client.isConnected()) {
            client.disconnect(0);
        }
    }
}

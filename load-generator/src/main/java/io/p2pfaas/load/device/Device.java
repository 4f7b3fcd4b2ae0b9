package io.p2pfaas.load.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One device: its calls in flight, a gate below the broker's window, and a connection that is made again when it breaks.
 * Any thread; nothing here waits, and callbacks run without the lock.
 */
final class Device implements Line.Listener {
    private final Line line;
    private final Executor later;
    private final Consumer<DeviceReply.Answered> strays;

    // All guarded by this.
    private final Map<String, Pending> pending = new HashMap<>();
    private final Set<String> unacknowledged = new HashSet<>();
    private final Queue<String> waiting = new ArrayDeque<>();
    private long calls;
    private int window;
    private boolean closed;

    private record Pending(DeviceCall call, Consumer<DeviceReply> onReply) {}

    /** What the gate lets through. */
    private record Departure(String key, DeviceCall call) {}

    /**
     * @param wiring makes the line for its listener
     * @param later runs a task on another thread after a moment: the pause before connecting again
     */
    Device(Function<Line.Listener, Line> wiring, Executor later) {
        this(wiring, later, stray -> {});
    }

    /** @param strays told answers that no call waits for */
    Device(Function<Line.Listener, Line> wiring, Executor later, Consumer<DeviceReply.Answered> strays) {
        this.strays = strays;
        this.line = wiring.apply(this);
        this.later = later;
    }

    void connect() {
        line.connect();
    }

    synchronized boolean isUp() {
        return window > 0;
    }

    /**
     * Sends a call now, or as soon as the broker has acknowledged enough of the earlier ones.
     *
     * @return gives the call up
     */
    Runnable call(DeviceCall call, Consumer<DeviceReply> onReply) {
        String key;
        boolean isUp;
        boolean goes = false;
        synchronized (this) {
            key = Long.toString(calls++, Character.MAX_RADIX);
            isUp = window > 0;
            if (isUp) {
                pending.put(key, new Pending(call, onReply));
                goes = unacknowledged.size() < window;
                if (goes) {
                    unacknowledged.add(key);
                } else {
                    waiting.add(key);
                }
            }
        }
        if (!isUp) {
            onReply.accept(new DeviceReply.Lost("the device is not connected"));
            return () -> {};
        }
        if (goes) {
            publish(new Departure(key, call));
        }
        return () -> take(key);
    }

    private void publish(Departure departure) {
        for (Departure next = departure; next != null; ) {
            try {
                line.publish(next.key(), next.call());
                return;
            } catch (Line.NotPublished failed) {
                String failedKey = next.key();
                next = afterAcknowledgement(failedKey);
                reply(failedKey, new DeviceReply.Lost("not published: " + failed.getMessage()));
            }
        }
    }

    /** Frees the place of a call in the window, and says what goes next. */
    private synchronized @Nullable Departure afterAcknowledgement(String key) {
        if (!unacknowledged.remove(key)) {
            return null;
        }
        for (String next = waiting.poll(); next != null; next = waiting.poll()) {
            Pending call = pending.get(next);
            if (call != null) {
                unacknowledged.add(next);
                return new Departure(next, call.call());
            }
        }
        return null;
    }

    private synchronized @Nullable Pending take(String key) {
        return pending.remove(key);
    }

    private void reply(String key, DeviceReply reply) {
        Pending call = take(key);
        if (call != null) {
            call.onReply().accept(reply);
        }
    }

    @Override
    public void onUp(int newWindow) {
        synchronized (this) {
            window = Math.max(1, newWindow);
        }
    }

    @Override
    public void onDown(String why) {
        List<Pending> lost;
        boolean again;
        synchronized (this) {
            window = 0;
            waiting.clear();
            unacknowledged.clear();
            lost = new ArrayList<>(pending.values());
            pending.clear();
            again = !closed;
        }
        lost.forEach(call -> call.onReply().accept(new DeviceReply.Lost(why)));
        if (again) {
            later.execute(() -> {
                if (!isClosed()) {
                    line.connect();
                }
            });
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void onAcknowledged(String key) {
        Departure next = afterAcknowledgement(key);
        if (next != null) {
            publish(next);
        }
    }

    @Override
    public void onRefused(String key, String why) {
        onAcknowledged(key);
        reply(key, new DeviceReply.Lost(why));
    }

    @Override
    public void onAnswer(String key, DeviceReply.Answered answer) {
        Pending call = take(key);
        if (call == null) {
            strays.accept(answer);
        } else {
            call.onReply().accept(answer);
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        line.close();
        onDown("the device was closed");
    }
}

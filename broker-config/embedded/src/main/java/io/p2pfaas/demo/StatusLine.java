package io.p2pfaas.demo;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.node.app.Node;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line that lives: all nodes' calls and load. On a terminal it is rewritten, elsewhere written when it changed. */
final class StatusLine implements AutoCloseable {
    private static final long TERMINAL_MILLIS = 500;
    private static final long ELSEWHERE_MILLIS = 5_000;

    private final List<Node> nodes;
    private final PrintStream out;
    private final boolean terminal = Terminal.isPresent();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-status");
        thread.setDaemon(true);
        return thread;
    });
    private String last = "";

    StatusLine(List<Node> nodes, PrintStream out) {
        this.nodes = nodes;
        this.out = out;
    }

    void start() {
        long period = terminal ? TERMINAL_MILLIS : ELSEWHERE_MILLIS;
        Future<?> ignored = timer.scheduleWithFixedDelay(this::show, period, period, TimeUnit.MILLISECONDS);
    }

    private synchronized void show() {
        String line = text();
        if (line.equals(last)) {
            return;
        }
        last = line;
        if (terminal) {
            out.print("\r" + line + "\u001b[K");
            out.flush();
        } else {
            out.println(line);
        }
    }

    private record Sums(long received, long done, long shared, long notDone, int running, int slots, int queued) {
        Sums plus(Sums other) {
            return new Sums(
                    received + other.received,
                    done + other.done,
                    shared + other.shared,
                    notDone + other.notDone,
                    running + other.running,
                    slots + other.slots,
                    queued + other.queued);
        }
    }

    private String text() {
        Sums all = nodes.stream()
                .map(node -> node.look(StatusLine::sums))
                .reduce(new Sums(0, 0, 0, 0, 0, 0, 0), Sums::plus);
        return "calls " + all.received + "  done " + all.done + "  run by a peer " + all.shared + "  not done "
                + all.notDone + "  |  running " + all.running + "/" + all.slots + "  queued " + all.queued;
    }

    private static Sums sums(NodeBrain brain) {
        Counters counters = brain.counters();
        long done = counters.endedIn(EndState.DONE, false);
        return new Sums(
                counters.receivedFrom(false),
                done,
                counters.executedAway(),
                counters.receivedFrom(false) - counters.inFlightFrom(false) - done,
                brain.load().running(),
                brain.load().slots(),
                brain.load().queued());
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (terminal) {
            out.println();
        }
    }
}

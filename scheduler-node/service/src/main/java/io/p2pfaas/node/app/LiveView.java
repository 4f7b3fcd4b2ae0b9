package io.p2pfaas.node.app;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.node.http.Viewers;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.mqtt.ReportTraffic;
import io.p2pfaas.node.watch.Board;
import io.p2pfaas.node.watch.CallStatistics;
import io.p2pfaas.node.watch.Changes;
import io.p2pfaas.node.watch.NodeFacts;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is shown on {@code /ui}. Once a second the counters are copied; the rest is only done while somebody looks: here,
 * then all nodes are asked to report and the board is written; or at another node, then this one reports.
 */
final class LiveView implements ReportTraffic.Listener, Viewers.Source, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
    private static final long ASK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long REPORT_FOR_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final NodeLoop loop;
    private final CallStatistics statistics;
    private final Board board;
    private final Changes changes;
    private final Sources sources;
    private final Viewers viewers;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "p2pfaas-view");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong reportUntilNanos;
    private volatile @Nullable ReportTraffic traffic;
    private volatile long reportedNanos;
    private long nextAskNanos;

    /**
     * Where the numbers come from.
     *
     * @param facts to be asked while nothing changes in the brain
     */
    record Sources(Facts facts, Supplier<Board.Frame> frame) {}

    /** What a node knows of itself and others. */
    @FunctionalInterface
    interface Facts {
        NodeFacts of(NodeBrain brain, long nowNanos);
    }

    private record Second(Counters counters, Load load, boolean linkUp, NodeFacts facts) {}

    LiveView(NodeLoop loop, CallStatistics statistics, Board board, Changes changes, Sources sources) {
        this.loop = loop;
        this.statistics = statistics;
        this.board = board;
        this.changes = changes;
        this.sources = sources;
        this.reportUntilNanos = new AtomicLong(loop.nowNanos());
        this.reportedNanos = loop.nowNanos() - REPORT_FOR_NANOS;
        this.nextAskNanos = loop.nowNanos();
        // Last, since it asks for the time at once.
        this.viewers = new Viewers(this);
    }

    Viewers viewers() {
        return viewers;
    }

    void start(ReportTraffic reports) {
        traffic = reports;
        ScheduledFuture<?> ignored = ticker.scheduleAtFixedRate(this::tickSafely, 1, 1, TimeUnit.SECONDS);
    }

    private void tickSafely() {
        try {
            tick(loop.nowNanos());
        } catch (RuntimeException | LinkageError unexpected) {
            // The next second has another chance; without this there would be none.
            LOG.error("the live view could not be renewed", unexpected);
        }
    }

    private void tick(long now) {
        Second second = look(now);
        boolean stepIsOver = statistics.tick(second.counters(), second.load(), deployed(second.facts()), now);
        changes.note(second.facts(), second.linkUp());
        board.note(second.facts(), now);
        boolean hereLooks = viewers.anybody(now);
        boolean othersLook = reportUntilNanos.get() - now > 0;
        ReportTraffic reports = traffic;
        if (reports != null) {
            reports.look(hereLooks);
            if (hereLooks && now - nextAskNanos >= 0) {
                nextAskNanos = now + ASK_EVERY_NANOS;
                reports.ask();
            }
        }
        if (!hereLooks && !othersLook) {
            return;
        }
        byte[] report = board.report(second.facts(), stepIsOver, now);
        reportedNanos = now;
        if (othersLook && reports != null) {
            reports.tell(report);
        }
        if (hereLooks) {
            viewers.show(board.text(sources.frame().get(), second.facts(), false, now));
        }
    }

    private Second look(long now) {
        return loop.look(brain -> new Second(
                brain.counters().copy(),
                brain.load(),
                brain.isLinkUp(),
                sources.facts().of(brain, now)));
    }

    private static Set<FunctionName> deployed(NodeFacts facts) {
        Set<FunctionName> names = new HashSet<>();
        facts.functions().forEach(function -> names.add(function.name()));
        return names;
    }

    /** The board for somebody who looks for the first time, or does not listen. */
    @Override
    public byte[] board() {
        long now = loop.nowNanos();
        NodeFacts facts = loop.look(brain -> sources.facts().of(brain, now));
        if (now - reportedNanos > TimeUnit.SECONDS.toNanos(1)) {
            board.tellHistory();
            // Nobody has looked lately, so what is on the board is old.
            byte[] ignored = board.report(facts, false, now);
            reportedNanos = now;
        }
        return board.text(sources.frame().get(), facts, true, now);
    }

    @Override
    public long nowNanos() {
        return loop.nowNanos();
    }

    @Override
    public void link(boolean isUp) {
        changes.link(isUp);
    }

    @Override
    public void asked(NodeId by) {
        long now = loop.nowNanos();
        if (reportUntilNanos.getAndSet(now + REPORT_FOR_NANOS) - now <= 0) {
            board.tellHistory();
        }
    }

    @Override
    public boolean heard(NodeId node, ByteBuffer report) {
        return board.heard(node, report, loop.nowNanos());
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        viewers.close();
    }
}

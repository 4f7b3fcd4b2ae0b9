package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.Topics;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Puts the parts of the broker link together. */
public final class LinkWiring {
    private static final int MAX_CHANGES = 64;
    private static final int CHANGES_IDLE_SECONDS = 10;

    private LinkWiring() {}

    /** What a link is made of. */
    public record Parts(
            Topics topics,
            Transport transport,
            NodeLoop loop,
            CallReport report,
            LinkCounters counters,
            Presence presence) {}

    /** Runs changes one after the other; its thread is there while there are some. */
    private static Executor changes() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, CHANGES_IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_CHANGES), task -> {
                    Thread thread = new Thread(task, "p2pfaas-changes");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Builds the transport on another thread. */
    public static CompletableFuture<HiveMqTransport> transportOf(LinkSettings settings) {
        return CompletableFuture.supplyAsync(() -> new HiveMqTransport(settings));
    }

    /**
     * The link; it connects when it is started.
     *
     * @param documents what messages for all nodes change, by the last level of their topic
     */
    public static BrokerLink link(
            Parts parts,
            CallerSettings callers,
            Map<String, Document> documents,
            Predicate<FunctionName> isIdempotent,
            Consumer<Boolean> onMatchmaking,
            Consumer<Presence> onPresence,
            ReportTraffic.Listener onReports) {
        Presence presence = parts.presence();
        AnswerOutbox outbox = new AnswerOutbox(
                parts.transport(),
                parts.loop()::nowNanos,
                CompletableFuture.delayedExecutor(AnswerOutbox.retryMillis(), TimeUnit.MILLISECONDS),
                parts.counters());
        PeerTraffic peerTraffic = new PeerTraffic(
                parts.topics(),
                parts.transport(),
                parts.loop(),
                presence.node(),
                presence.session(),
                callers.maxBodyBytes(),
                outbox,
                parts.counters());
        CallerTraffic callerTraffic = new CallerTraffic(parts, outbox, callers, isIdempotent);
        ConfigTraffic configTraffic = new ConfigTraffic(
                presence.node(),
                documents,
                new ReplyTopics(parts.topics().base(), callers.replyTopics()),
                outbox,
                parts.counters(),
                changes());
        ReportTraffic reports =
                new ReportTraffic(presence.node(), parts.topics(), parts.transport(), onReports, parts.counters());
        TrialCalls trials = new TrialCalls(presence.node(), parts.topics(), parts.transport(), callers.timeout());
        return new BrokerLink(
                parts, outbox, peerTraffic, callerTraffic, configTraffic, reports, trials, onMatchmaking, onPresence);
    }
}

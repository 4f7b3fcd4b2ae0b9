package io.p2pfaas.node.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as this node sees it, for those who look: presence and samples as the brain knows them, and beside them
 * what each node reports of itself. Thread-safe.
 */
public final class Board {
    private static final int MAX_EVENTS = 100;
    private static final int MAX_SLOW = SlowCalls.CAPACITY;
    /** Of each node; its presence may name some 30,000. */
    private static final int MAX_FUNCTIONS = 1000;

    private final NodeId self;
    private final long staleNanos;
    private final CallStatistics statistics;
    private final EventLog events;
    private final Reports reports = new Reports();
    private final LostNodes lost = new LostNodes();
    private final Map<NodeId, Long> historiesShown = new HashMap<>();
    private boolean tellHistory = true;

    /** @param staleNanos a node that was not heard of for longer is silent */
    public Board(NodeId self, long staleNanos, CallStatistics statistics, EventLog events) {
        this.self = self;
        this.staleNanos = staleNanos;
        this.statistics = statistics;
        this.events = events;
    }

    /** What is true for the page as a whole. */
    public record Frame(
            String root,
            boolean linkUp,
            String broker,
            double roundTripMillis,
            boolean changesNeedToken,
            long wallMillis) {}

    /** From now on the next own report has the charts' numbers: somebody looks who has none yet. */
    public synchronized void tellHistory() {
        tellHistory = true;
    }

    /**
     * This node's own report, which is put on the board too.
     *
     * @param stepIsOver whether the charts have a new point
     */
    public synchronized byte[] report(NodeFacts facts, boolean stepIsOver, long nowNanos) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("uptimeSeconds", facts.uptimeSeconds())
                .put("ready", facts.ready())
                .put("scheduler", facts.scheduler());
        statistics.describe(report, facts, nowNanos);
        ArrayNode peers = report.putArray("peers");
        for (NodeFacts.PeerFacts peer : facts.peers()) {
            if (!peer.self()) {
                ObjectNode told = peers.addObject()
                        .put("id", peer.id().value())
                        .put("state", peer.state().label())
                        .put("suspect", peer.suspect());
                told.put("sampleAgeMillis", peer.load().isEmpty() ? null : millis(peer.ageNanos()));
            }
        }
        ObjectNode config = report.putObject("config");
        facts.config().forEach(config::put);
        ArrayNode told = report.putArray("events");
        events.newest()
                .forEach(event -> told.addObject()
                        .put("agoMillis", millis(nowNanos - event.atNanos()))
                        .put("kind", event.kind())
                        .put("text", event.text()));
        if (stepIsOver || tellHistory) {
            tellHistory = false;
            report.set(Reports.HISTORY, statistics.history());
        }
        byte[] text = ReportText.fitting(report);
        reports.own(self, report, nowNanos);
        return text;
    }

    /** What is the case now, so that who looks next is told who is gone since. */
    public synchronized void note(NodeFacts facts, long nowNanos) {
        Map<NodeId, LostNodes.Lost> unused = lost.update(present(facts), facts.left(), nowNanos);
    }

    private static Map<NodeId, NodeFacts.PeerFacts> present(NodeFacts facts) {
        Map<NodeId, NodeFacts.PeerFacts> present = new TreeMap<>();
        facts.peers().forEach(peer -> present.put(peer.id(), peer));
        return present;
    }

    /** Another node's report; false if it is none. */
    public boolean heard(NodeId node, ByteBuffer payload, long nowNanos) {
        return node.equals(self) || reports.heard(node, payload, nowNanos);
    }

    /**
     * The board, JSON in one line.
     *
     * @param complete with all charts, for who looks for the first time; otherwise only with those that have a new point
     *     since the last incomplete one
     */
    public synchronized byte[] text(Frame frame, NodeFacts facts, boolean complete, long nowNanos) {
        ObjectNode board = JsonNodeFactory.instance.objectNode();
        board.put("node", self.value())
                .put("root", frame.root())
                .put("now", frame.wallMillis())
                .put("staleMillis", millis(staleNanos));
        board.putObject("link")
                .put("up", frame.linkUp())
                .put("broker", frame.broker())
                .put("roundTripMillis", frame.roundTripMillis());
        board.put("changes", frame.changesNeedToken() ? "token" : "open");
        Map<NodeId, NodeFacts.PeerFacts> present = present(facts);
        Map<NodeId, LostNodes.Lost> gone = lost.update(present, facts.left(), nowNanos);
        Set<NodeId> known = new HashSet<>(present.keySet());
        known.addAll(lost.shown());
        reports.keepOnly(known);
        historiesShown.keySet().retainAll(known);
        ArrayNode nodes = board.putArray("nodes");
        List<JsonNode> allEvents = new ArrayList<>();
        List<JsonNode> allSlow = new ArrayList<>();
        Map<NodeId, NodeFacts.PeerFacts> shown = new TreeMap<>(present);
        gone.forEach((id, one) -> shown.put(id, one.last()));
        shown.forEach((id, peer) -> {
            LostNodes.Lost since = gone.get(id);
            long age = since == null ? peer.ageNanos() : peer.ageNanos() + nowNanos - since.sinceNanos();
            ObjectNode node = nodes.addObject();
            node(node, peer, since == null ? state(peer) : since.saidSo() ? "left" : "lost", age);
            report(node, id, complete, nowNanos, allEvents, allSlow);
        });
        take(
                board.putArray("events"),
                allEvents,
                MAX_EVENTS,
                Comparator.comparingLong(one -> one.path("agoMillis").asLong()));
        take(
                board.putArray("slow"),
                allSlow,
                MAX_SLOW,
                Comparator.comparingDouble(one -> -one.path("totalMillis").asDouble()));
        return ReportText.write(board);
    }

    private String state(NodeFacts.PeerFacts peer) {
        return peer.isSilent(staleNanos) ? "silent" : peer.state().label();
    }

    private static void node(ObjectNode node, NodeFacts.PeerFacts peer, String state, long ageNanos) {
        node.put("id", peer.id().value())
                .put("self", peer.self())
                .put("state", state)
                .put("http", peer.http())
                .put("version", peer.version());
        ArrayNode functions = node.putArray("functions");
        peer.functions().stream().sorted().limit(MAX_FUNCTIONS).forEach(name -> functions.add(name.value()));
        if (peer.load().isPresent()) {
            Load load = peer.load().get();
            node.putObject("sample")
                    .put("running", load.running())
                    .put("slots", load.slots())
                    .put("queued", load.queued())
                    .put("queueMax", load.queueMax())
                    .put("ageMillis", millis(ageNanos));
        }
    }

    private void report(
            ObjectNode node,
            NodeId id,
            boolean complete,
            long nowNanos,
            List<JsonNode> allEvents,
            List<JsonNode> allSlow) {
        Reports.Known known = reports.of(id).orElse(null);
        if (known == null) {
            return;
        }
        long age = millis(nowNanos - known.heardNanos());
        ObjectNode report = known.report().deepCopy();
        collect(id, report.remove("events"), age, allEvents);
        collect(id, report.remove("slow"), age, allSlow);
        report.put("ageMillis", age);
        boolean isNew = known.historyNumber() != historiesShown.getOrDefault(id, 0L);
        if (known.history().isPresent() && (complete || isNew)) {
            report.set(Reports.HISTORY, known.history().get());
        }
        if (!complete) {
            historiesShown.put(id, known.historyNumber());
        }
        node.set("report", report);
    }

    private static void collect(NodeId id, @Nullable JsonNode list, long ageMillis, List<JsonNode> all) {
        if (!(list instanceof ArrayNode)) {
            return;
        }
        for (JsonNode one : list) {
            if (one instanceof ObjectNode entry) {
                entry.put("node", id.value());
                entry.put("agoMillis", entry.path("agoMillis").asLong() + ageMillis);
                all.add(entry);
            }
        }
    }

    private static void take(ArrayNode target, List<JsonNode> all, int most, Comparator<JsonNode> order) {
        all.stream().sorted(order).limit(most).forEach(target::add);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}

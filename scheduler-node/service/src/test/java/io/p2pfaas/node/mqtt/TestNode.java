package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.node.call.CallNotes;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.TakenCall;
import io.p2pfaas.node.call.TopicMapping;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.runtime.FakeRuntime;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.testing.InMemoryTransport;
import io.p2pfaas.node.testing.ManualClock;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * A node without sockets, threads and containers: brain, loop and broker link as they are, on an in-memory broker, a
 * fake runtime and a clock that the test moves. The alarm is not started; {@link #wake} stands in for it.
 */
final class TestNode {
    static final Topics TOPICS = new Topics("p2pfaas");
    static final FunctionName ECHO = new FunctionName("echo");
    static final long SESSION = 7;
    static final long MAX_BODY_BYTES = 1000;
    static final long MAX_BUFFERED_BYTES = 200_000;
    /** All callers on fn/ together may use so many times what one may. */
    static final int FN_CALLERS = 3;

    static final long TIMEOUT_SECONDS = 30;
    static final long WINDOW_SECONDS = 60;
    static final long REPLY_EXPIRY_SECONDS = 600;

    final NodeId id;
    private final boolean idempotent;
    final InMemoryTransport transport;
    final NodeLoop loop;
    final BrokerLink link;
    final FakeRuntime runtime;
    final LinkCounters counters = new LinkCounters();
    final List<Effect> effects = new ArrayList<>();
    final FakeDocument scheduler = new FakeDocument();
    final FakeDocument configuration = new FakeDocument();
    /** Carries out changes of the configuration; the test may put another one here. */
    Executor changes = Runnable::run;

    final FakeReports reports = new FakeReports();
    final List<Boolean> matchmaking = new ArrayList<>();
    final List<Presence> presences = new ArrayList<>();
    private final Map<Long, FunctionRuntime.Execution> running = new HashMap<>();
    private final List<Runnable> later = new ArrayList<>();

    TestNode(String name, Plan plan, InMemoryTransport transport, ManualClock clock) {
        this.id = new NodeId(name);
        this.idempotent = plan.idempotent();
        this.transport = transport;
        this.runtime = plan.runtime();
        SchedulingPolicy policy = PolicyCatalogue.standard().create(PolicySpec.parse(plan.policy()));
        this.loop = new NodeLoop(
                new NodeBrain(
                        BrainSettings.of(id, plan.session(), plan.slots(), plan.queue()),
                        policy,
                        RandomGeneratorFactory.of("L64X128MixRandom").create(name.hashCode())),
                clock,
                this::carryOut);
        Presence presence = new Presence(
                id, PeerState.ONLINE, plan.session(), "test", plan.slots(), Set.of(ECHO), "host-" + name + ":18080");
        AnswerOutbox outbox = new AnswerOutbox(transport, clock, later::add, counters);
        CallReport report = new CallReport(policy::describe, node -> "host-" + node);
        LinkWiring.Parts parts =
                new LinkWiring.Parts(TOPICS, transport, loop, report, CallNotes.OF_CALLERS_ONLY, counters, presence);
        this.link = new BrokerLink(
                parts,
                outbox,
                new PeerTraffic(parts, MAX_BODY_BYTES, outbox),
                new CallerTraffic(parts, outbox, plan.callers(), function -> plan.idempotent()),
                new ConfigTraffic(
                        id,
                        Map.of("scheduler", scheduler, "node", configuration),
                        new ReplyTopics(TOPICS.base(), List.of("answers/+")),
                        outbox,
                        counters,
                        change -> changes.execute(change)),
                new ReportTraffic(id, TOPICS, transport, reports, counters),
                new TrialCalls(id, TOPICS, transport, Duration.ofSeconds(30)),
                matchmaking::add,
                presences::add);
    }

    /** What a node is like. */
    record Plan(
            int slots,
            int queue,
            String policy,
            long session,
            boolean idempotent,
            FakeRuntime runtime,
            List<TopicMapping> mappings,
            CallerLimit limit) {
        Plan(int slots, int queue, String policy, long session, boolean idempotent, FakeRuntime runtime) {
            this(slots, queue, policy, session, idempotent, runtime, List.of(), CallerLimit.NONE);
        }

        CallerSettings callers() {
            return new CallerSettings(
                    List.of("answers/+"),
                    Duration.ofSeconds(TIMEOUT_SECONDS),
                    MAX_BODY_BYTES,
                    MAX_BUFFERED_BYTES,
                    Duration.ofSeconds(WINDOW_SECONDS),
                    Duration.ofSeconds(REPLY_EXPIRY_SECONDS),
                    mappings,
                    limit,
                    FN_CALLERS);
        }

        Plan withMapping(TopicMapping mapping) {
            return new Plan(slots, queue, policy, session, idempotent, runtime, List.of(mapping), limit);
        }

        Plan withLimit(CallerLimit other) {
            return new Plan(slots, queue, policy, session, idempotent, runtime, mappings, other);
        }

        /** One slot, no queue, calls are held until the test answers. */
        static Plan holding(String policy) {
            return new Plan(1, 0, policy, SESSION, false, FakeRuntime.holding());
        }

        /** Calls are answered at once. */
        static Plan answering(String policy, FakeRuntime runtime) {
            return new Plan(1, 0, policy, SESSION, false, runtime);
        }

        Plan withIdempotentFunctions() {
            return new Plan(slots, queue, policy, session, true, runtime);
        }

        Plan withSession(long other) {
            return new Plan(slots, queue, policy, other, idempotent, runtime);
        }
    }

    void start() {
        loop.offer(new Event.FunctionsChanged(Set.of(ECHO)));
        link.start();
    }

    /** The time that the brain wished for may have come. */
    void wake() {
        loop.offer(new Event.Woken());
    }

    /** The outbox's pause is over. */
    void retry() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private void carryOut(Effect effect) {
        effects.add(effect);
        if (effect instanceof Effect.Execute execute) {
            execute(execute.call());
        } else if (effect instanceof Effect.Reply reply) {
            ((CallerCall) reply.call().payload()).reply(reply.call(), reply.end(), reply.placement());
        } else if (effect instanceof Effect.AbortExecution abort) {
            FunctionRuntime.Execution execution = running.get(abort.callId());
            if (execution != null) {
                execution.abort();
            }
        } else {
            link.carryOut(effect);
        }
    }

    private void execute(Call call) {
        Request request = ((TakenCall) call.payload()).request();
        FunctionRuntime.Execution execution =
                runtime.start(request, call.deadlineNanos() - loop.nowNanos(), outcome -> {
                    End end = outcome instanceof Outcome.Broken broken
                            ? new End(broken.reason().endState(), broken.reason(), outcome)
                            : End.done(outcome);
                    loop.offer(new Event.ExecutionEnded(call.id(), end));
                });
        running.put(call.id(), execution);
    }

    /** A call as the HTTP entrance brings it. */
    LocalCaller call(String body) {
        return call(body, Routing.POLICY);
    }

    LocalCaller call(String body, Routing routing) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        LocalCaller caller = new LocalCaller(
                new Request(
                        "POST",
                        "/x",
                        "a=b",
                        Headers.of("Content-Type", "text/plain", "X-Mine", "1"),
                        ByteBuffer.wrap(bytes).asReadOnlyBuffer()),
                loop.nowNanos());
        loop.offer(new Event.CallArrived(new Call(
                loop.nextCallId(),
                ECHO,
                Arrival.CLIENT,
                List.of(),
                loop.nowNanos() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS),
                bytes.length,
                idempotent,
                routing,
                0,
                caller)));
        return caller;
    }

    <E extends Effect> List<E> effects(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    boolean isLinkUp() {
        return loop.look(NodeBrain::isLinkUp);
    }

    int peerCount() {
        return loop.look(NodeBrain::peerCount);
    }

    /** What the node last heard of a peer's load; null if nothing. */
    @Nullable
    Sample lastSample(NodeId peer) {
        return loop.look(brain -> brain.peers().stream()
                .filter(known -> known.id().equals(peer))
                .findFirst()
                .map(Peer::sample)
                .orElse(null));
    }

    Counters brainCounters() {
        return loop.look(brain -> brain.counters().copy());
    }
}

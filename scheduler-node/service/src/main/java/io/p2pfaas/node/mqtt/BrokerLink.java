package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.node.call.Trial;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.wire.Address;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.SampleCodec;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's place on the broker: subscribes when the link comes up, sorts what arrives, and carries out the effects
 * that need the broker. Everything is subscribed anew on every connect, and only then the brain learns that the link is
 * up.
 */
public final class BrokerLink implements Transport.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
    private static final long LEAVE_MILLIS = 1000;
    private static final long TEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final NodeId self;
    private final Topics topics;
    private final Transport transport;
    private final NodeLoop loop;
    private final AnswerOutbox outbox;
    private final PeerTraffic peers;
    private final CallerTraffic callers;
    private final ConfigTraffic configs;
    private final ReportTraffic reports;
    private final TrialCalls trials;
    private final LinkEcho echo;
    private final MemberSubscriptions memberships;
    private final OwnPresence own;
    private final LinkCounters counters;
    private final Consumer<Boolean> onMatchmaking;
    private final Consumer<Presence> onPresence;
    /** Rises whenever the link comes up or goes down: what was begun before is not believed after. */
    private final AtomicLong linkChanges = new AtomicLong();

    private final AtomicLong nextTestNanos;
    private volatile long ownSampleNanos;
    private volatile long upNanos;

    /**
     * @param onMatchmaking is told after each connect whether the broker reports that a publish reached nobody, which
     *     matching calls through the broker needs
     * @param onPresence is told every presence, this node's own too
     */
    BrokerLink(
            LinkWiring.Parts parts,
            AnswerOutbox outbox,
            PeerTraffic peers,
            CallerTraffic callers,
            ConfigTraffic configs,
            ReportTraffic reports,
            TrialCalls trials,
            Consumer<Boolean> onMatchmaking,
            Consumer<Presence> onPresence) {
        this.self = parts.presence().node();
        this.topics = parts.topics();
        this.transport = parts.transport();
        this.loop = parts.loop();
        this.nextTestNanos = new AtomicLong(loop.nowNanos());
        this.counters = parts.counters();
        this.outbox = outbox;
        this.peers = peers;
        this.callers = callers;
        this.configs = configs;
        this.reports = reports;
        this.trials = trials;
        this.echo = new LinkEcho(self, topics, transport, loop::nowNanos);
        this.onMatchmaking = onMatchmaking;
        this.onPresence = onPresence;
        this.memberships =
                new MemberSubscriptions(topics, transport, parts.presence().functions());
        this.own = new OwnPresence(parts.presence(), topics, transport, loop::nowNanos, memberships::functions);
    }

    /** Begins to connect. */
    public void start() {
        transport.start(this, own.will());
    }

    @Override
    public void up() {
        counters.connects.increment();
        long connection = linkChanges.incrementAndGet();
        upNanos = loop.nowNanos();
        ownSampleNanos = upNanos;
        CompletionStage<?> subscribed = transport
                .subscribe(inboxes(), true)
                .thenCompose(done -> transport.subscribe(topics.passing(self), false))
                .thenCompose(done -> transport.subscribe(List.of(topics.allStates()), true));
        subscribed
                .thenCompose(done -> own.announce())
                .thenCompose(done -> transport.publish(nobodyTest()))
                .whenComplete((delivery, error) -> {
                    if (!isStill(connection)) {
                        // Lost again meanwhile; the brain must not hear "up" after "down".
                        return;
                    }
                    if (error != null) {
                        LOG.error("the broker refused a subscription: {}", error.getMessage());
                        return;
                    }
                    onMatchmaking.accept(delivery == Transport.Delivery.NOBODY);
                    memberships.renew();
                    loop.offer(new Event.LinkUp());
                    outbox.linkUp();
                    LOG.info("the broker link is up");
                    listenForConfigs(connection);
                    listenForMapped(connection);
                    reports.up();
                });
    }

    private List<String> inboxes() {
        List<String> inboxes = new ArrayList<>(topics.inboxes(self));
        if (own.isOnline()) {
            inboxes.addAll(topics.calls(self));
        }
        return inboxes;
    }

    /** Last, and without this a node is one all the same: a broker may reserve these topics for others. */
    private void listenForConfigs(long connection) {
        transport.subscribe(topics.configs(), true).whenComplete((done, error) -> {
            if (error != null && isStill(connection)) {
                LOG.warn("changes for all nodes will not be heard: {}", error.getMessage());
            }
        });
    }

    /** One by one: a broker that refuses one of them is told of by name, and the others work. */
    private void listenForMapped(long connection) {
        if (!own.isOnline()) {
            return;
        }
        for (String filter : callers.mappedSubscriptions()) {
            transport.subscribe(List.of(filter), true).whenComplete((done, error) -> {
                if (error != null && isStill(connection)) {
                    LOG.error("mapped topics {} will not be heard: {}", filter, error.getMessage());
                }
            });
        }
    }

    /** What fails because the link was lost is subscribed anew when it is back, and is no refusal. */
    private boolean isStill(long connection) {
        return linkChanges.get() == connection;
    }

    /** Reports of nodes for those who look at the cluster. */
    public ReportTraffic reports() {
        return reports;
    }

    /** Measures the way to the broker and back. */
    public LinkEcho echo() {
        return echo;
    }

    /**
     * What this node hears of itself through the broker.
     *
     * @param upNanos since then the present connection is there
     * @param ownSampleNanos when its own load came back for the last time; {@code upNanos} if it has not yet
     * @param twinNanos when another node of its name was heard for the last time; empty if none was
     */
    public record Heard(long upNanos, long ownSampleNanos, OptionalLong twinNanos) {}

    /** What this node hears of itself through the broker. */
    public Heard heard() {
        return new Heard(upNanos, ownSampleNanos, own.twinNanos());
    }

    /** Calls functions over the broker, for those who try them. */
    public Trial trials() {
        return trials;
    }

    /** Says how many slots the node has from now on. */
    public void announceSlots(int slots) {
        own.slots(slots);
    }

    /** Says which functions the node has from now on, and takes calls for those from now on. */
    public void announceFunctions(Set<FunctionName> functions) {
        own.functions(functions);
    }

    /** Tests again, now and then: somebody who subscribes to everything makes the broker say that offers are taken. */
    private void testNobody() {
        long now = loop.nowNanos();
        long due = nextTestNanos.get();
        if (now - due >= 0 && nextTestNanos.compareAndSet(due, now + TEST_NANOS)) {
            transport.publish(nobodyTest()).thenAccept(delivery -> {
                if (delivery == Transport.Delivery.TAKEN || delivery == Transport.Delivery.NOBODY) {
                    onMatchmaking.accept(delivery == Transport.Delivery.NOBODY);
                }
            });
        }
    }

    private WireMessage nobodyTest() {
        WireMessage deletion = Presence.deletion(topics, self);
        return new WireMessage(
                topics.nobody(self), deletion.payload(), true, false, null, null, null, 1, deletion.properties());
    }

    @Override
    public void down() {
        linkChanges.incrementAndGet();
        outbox.linkDown();
        loop.offer(new Event.LinkDown());
        reports.down();
    }

    @Override
    public void received(WireMessage message) {
        try {
            sort(message);
        } catch (RuntimeException | OutOfMemoryError unexpected) {
            // Whatever a message does, the connection and the messages behind it must live.
            counters.malformed.increment();
            LOG.error("message on {} could not be handled", message.topic(), unexpected);
        }
    }

    private void sort(WireMessage message) {
        Address address = Address.parse(topics.base(), message.topic());
        if (address instanceof Address.Answer answer) {
            peers.answer(answer.sender(), message);
        } else if (address instanceof Address.Forward forward) {
            peers.forward(forward.sender(), forward.function(), null, message);
        } else if (address instanceof Address.Spill spill) {
            peers.forward(spill.sender(), spill.function(), spill.group(), message);
        } else if (address instanceof Address.Call call) {
            callers.call(call.function(), message);
        } else if (address instanceof Address.DeviceCall call) {
            callers.deviceCall(call, message);
        } else if (address instanceof Address.Config config) {
            configs.config(config.document(), message);
        } else if (address instanceof Address.Load load) {
            load(load.node(), message);
        } else if (address instanceof Address.Report report) {
            reports.report(report.node(), message);
        } else if (address instanceof Address.Inbox) {
            trials.answered(message);
        } else if (address instanceof Address.Watch watch) {
            if (!watch.node().equals(self) || !echo.heard(message)) {
                reports.watch(watch.node(), message);
            }
        } else if (address instanceof Address.Probe probe) {
            peers.probe(probe.sender(), message);
        } else if (address instanceof Address.Notice notice) {
            peers.notice(notice.sender(), message);
        } else if (address instanceof Address.State state) {
            state(state.node(), message);
        } else if (address != null || !callers.mappedCall(message)) {
            counters.malformed("topic " + message.topic() + " is not one of ours");
        }
    }

    private void load(NodeId node, WireMessage message) {
        if (message.retained()) {
            counters.malformed("a sample is retained, so nobody knows its age: " + message.topic());
        } else if (node.equals(self)) {
            ownSampleNanos = loop.nowNanos();
        } else {
            SampleCodec.decode(node, message.payload())
                    .then(sample -> loop.offer(new Event.SampleHeard(sample)), counters::malformed);
        }
    }

    private void state(NodeId node, WireMessage message) {
        Presence.decode(node, message.payload()).then(this::presence, counters::malformed);
    }

    private void presence(Presence heard) {
        onPresence.accept(heard);
        if (!heard.node().equals(self)) {
            loop.offer(new Event.PresenceHeard(heard.node(), heard.state(), heard.session(), heard.functions()));
        } else {
            own.heard(heard);
        }
    }

    /** Carries out an effect that needs the broker. */
    public void carryOut(Effect effect) {
        if (effect instanceof Effect.Forward forward) {
            peers.send(forward);
        } else if (effect instanceof Effect.AnswerOrigin answer) {
            peers.send(answer);
        } else if (effect instanceof Effect.Membership membership) {
            memberships.change(membership);
        } else if (effect instanceof Effect.PublishSample sample) {
            testNobody();
            transport.publish(SampleCodec.encode(topics, sample.sample(), PeerTraffic.SAMPLE_EXPIRY_SECONDS));
        } else if (effect instanceof Effect.Probe probe) {
            peers.send(probe);
        } else if (effect instanceof Effect.AnswerProbe answer) {
            peers.send(answer);
        } else if (effect instanceof Effect.Tell tell) {
            peers.send(tell);
        } else {
            throw new IllegalArgumentException("not for the broker: " + effect);
        }
    }

    /**
     * Says that this node takes nothing new, and has the broker give callers' calls to others. When this returns no call
     * is on its way here any more: it would be lost if it came when the node has looked for the last time.
     */
    public void drain() {
        own.drains();
        List<String> calls = new ArrayList<>(topics.calls(self));
        calls.addAll(callers.mappedSubscriptions());
        await(transport.unsubscribe(calls));
    }

    /** For a moment only: without a broker there is nobody to wait for. */
    private static void await(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture()
                    .orTimeout(LEAVE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException ignored) {
            // Nothing comes from a broker that cannot be reached; peers learn it from the will or from silence.
        }
    }

    /** Deletes the presence and ends the connection, without a last will. */
    @Override
    public void close() {
        await(own.leaves());
        transport.close();
    }
}

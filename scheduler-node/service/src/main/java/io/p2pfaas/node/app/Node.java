package io.p2pfaas.node.app;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.call.CallNotes;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.http.Contract;
import io.p2pfaas.node.http.DiagnosisPage;
import io.p2pfaas.node.http.HttpEntrance;
import io.p2pfaas.node.http.LearnerPages;
import io.p2pfaas.node.http.Management;
import io.p2pfaas.node.http.MetricsText;
import io.p2pfaas.node.http.Pages;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.metrics.NodeMetrics;
import io.p2pfaas.node.mqtt.BrokerLink;
import io.p2pfaas.node.mqtt.HiveMqTransport;
import io.p2pfaas.node.mqtt.LinkCounters;
import io.p2pfaas.node.mqtt.LinkTrouble;
import io.p2pfaas.node.mqtt.LinkWiring;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.trace.SpanExport;
import io.p2pfaas.node.trace.TraceSetup;
import io.p2pfaas.node.watch.Board;
import io.p2pfaas.node.watch.CallStatistics;
import io.p2pfaas.node.watch.Changes;
import io.p2pfaas.node.watch.EventLog;
import io.p2pfaas.node.wire.Address;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: all parts, wired. Several can live in one process. */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final String CHANCE = "L64X128MixRandom";
    private static final long MILLIS_PER_SECOND = 1000;

    private final NodeSettings settings;
    private final HttpEntrance entrance;
    private final FunctionSide functions;
    private final NodeLoop loop;
    private final InForce inForce;
    private final ShadowInForce shadow;
    private final Machine machine;
    private final LearnerDesk learner;
    private final Optional<WeightsKeeper> weights;
    private final PeerList peerList;
    private final CallStatistics statistics = new CallStatistics();
    private final EventLog events = new EventLog(System::nanoTime);
    private final NodesSeen nodesSeen;
    private final LiveView live;
    private final Dispatch dispatch = new Dispatch(System::nanoTime, statistics);
    private final Optional<SpanExport> spans;
    private final CallNotes notes;
    private final LinkCounters linkCounters = new LinkCounters();
    private final AddressBook addresses = new AddressBook();
    private final CompletableFuture<Void> firstLink = new CompletableFuture<>();
    private final CompletableFuture<Void> leaveAsked = new CompletableFuture<>();
    private final HiveMqTransport transport;
    private final BrokerLink link;
    private final StatusText status;
    private volatile boolean ready;
    private boolean closed;

    private Node(NodeSettings settings) {
        this.settings = settings;
        NodeId id = settings.id();
        // Building the client loads a thousand classes: let the other core do that meanwhile.
        CompletableFuture<HiveMqTransport> built = LinkWiring.transportOf(Wiring.linkSettings(settings));
        long session = SessionCounter.next(settings.data(), System.currentTimeMillis());
        Keeper keeper = Keeper.in(settings.data());
        inForce = new InForce(settings, settings.plugins().catalogue(), keeper);
        shadow = new ShadowInForce(id, settings.shadow(), settings.plugins().catalogue(), keeper);
        machine = new Machine(settings.discovery().machine(), keeper);
        RandomGenerator random = RandomGeneratorFactory.of(CHANCE).create(session ^ id.hashCode());
        BrainSettings brainSettings = Wiring.brainSettings(settings, session);
        NodeBrain brain = new NodeBrain(
                brainSettings, inForce.policy(), random, settings.learner().learning());
        loop = new NodeLoop(brain, System::nanoTime, dispatch);
        learner = new LearnerDesk(loop, keeper);
        weights = keeper.folder().map(folder -> new WeightsKeeper(loop, folder));
        spans = Wiring.traces(settings).map(TraceSetup::export);
        notes = new CallNotes(Wiring.tracing(settings, spans), DecisionLog::isOn);
        Access access = Wiring.access(settings.access());
        entrance = new HttpEntrance(Wiring.httpSetup(settings, access));
        peerList = new PeerList(
                brainSettings.staleAfterNanos(),
                addresses::hostOf,
                () -> machine.settings().groupName());
        functions = new FunctionSide(settings, entrance);
        Deployments deployments = functions.deployments();
        Executions executions = new Executions(loop, deployments, dispatch::executed);
        nodesSeen = new NodesSeen(id, events);
        live = live(brainSettings.staleAfterNanos(), access);
        CallReport report = new CallReport(inForce::describe, addresses::hostOf);
        listen(report, access);
        String http = address();
        Presence presence = new Presence(
                id,
                PeerState.ONLINE,
                session,
                Version.text(),
                settings.capacity().slots(),
                deployments.names(),
                http);
        transport = built.join();
        status = new StatusText(id.value(), Version.text(), http, transport::address, this::linkFailure);
        link = LinkWiring.link(
                new LinkWiring.Parts(
                        new Topics(settings.broker().root()), transport, loop, report, notes, linkCounters, presence),
                Wiring.callerSettings(settings),
                Map.of(
                        Address.SCHEDULER,
                        inForce.scheduler(),
                        Address.NODE,
                        inForce.configuration(),
                        Address.SHADOW,
                        shadow),
                deployments::isIdempotent,
                doesSay -> {
                    inForce.brokerSaysNobody(doesSay);
                    firstLink.complete(null);
                },
                heard -> {
                    addresses.note(heard.node(), heard.http());
                    nodesSeen.note(heard);
                },
                live);
        inForce.connect(loop, link::announceSlots);
        shadow.connect(loop);
        addresses.note(id, http);
        dispatch.connect(executions, link);
    }

    private LiveView live(long staleNanos, Access access) {
        OwnFacts facts = new OwnFacts(
                settings, inForce, functions.deployments(), nodesSeen, () -> ready, this::address, loop.nowNanos());
        return new LiveView(
                loop,
                statistics,
                new Board(settings.id(), staleNanos, statistics, events),
                new Changes(events, staleNanos),
                new LiveView.Sources(facts, () -> frame(access)));
    }

    private Board.Frame frame(Access access) {
        return loop.look(brain -> new Board.Frame(
                settings.broker().root(),
                brain.isLinkUp(),
                broker(),
                (double) brain.linkRoundTripNanos() / TimeUnit.MILLISECONDS.toNanos(1),
                access.hasAdmins(),
                System.currentTimeMillis()));
    }

    private String address() {
        return settings.http().address().host() + ":" + entrance.port();
    }

    private CompletionStage<Response> tryOut(FunctionName function, Request request) {
        return link.trials().call(function, request);
    }

    private void askToLeave() {
        LOG.info("asked over HTTP to leave");
        leaveAsked.complete(null);
    }

    /** Completes when somebody who may asks the node to leave; whoever started it has to {@link #close} it then. */
    public CompletionStage<Void> leaveAsked() {
        return leaveAsked.minimalCompletionStage();
    }

    private void listen(CallReport report, Access access) {
        Contract contract = new Contract(
                inForce.configuration(), inForce.scheduler(), shadow, machine, this::peers, machine::fields);
        Duration readTimeout = settings.http().readTimeout();
        Management management = functions.management(access);
        try {
            entrance.start(
                    new HttpEntrance.Calls(
                            loop,
                            report,
                            notes,
                            functions.deployments()::isIdempotent,
                            Wiring.asyncSetup(settings),
                            this::tryOut),
                    DiagnosisPage.addTo(
                            Pages.of(
                                    new Pages.View(
                                            () -> ready, () -> loop.look(NodeBrain::load), this::status, this::scrape),
                                    contract,
                                    management,
                                    live.viewers(),
                                    this::askToLeave,
                                    readTimeout),
                            management,
                            this::diagnosis));
            settings.discovery()
                    .port()
                    .ifPresent(port -> entrance.serveBeside(port, Pages.discovery(contract, access, readTimeout)));
            settings.learner()
                    .port()
                    .ifPresent(port -> entrance.serveBeside(port, LearnerPages.of(learner, access, readTimeout)));
        } catch (RuntimeException failed) {
            entrance.close();
            functions.close();
            throw failed;
        }
    }

    /**
     * Starts a node. It takes calls when this returns, whether the broker can be reached or not.
     *
     * @throws IllegalStateException if the HTTP address cannot be had
     */
    public static Node start(NodeSettings settings) {
        Node node = new Node(settings);
        if (!settings.plugins().loaded().isEmpty()) {
            LOG.info("plug-ins: {}", String.join(", ", settings.plugins().loaded()));
        }
        node.weights.ifPresent(WeightsKeeper::start);
        node.spans.ifPresent(SpanExport::start);
        node.loop.start();
        node.functions.begin(node::functionsChanged);
        node.link.start();
        node.entrance.open();
        node.live.start(node.link.reports());
        node.functions.containerCounters().listen(node.dispatch::coldStart);
        node.ready = true;
        CompletableFuture.runAsync(node::measure).exceptionally(failed -> {
            LOG.error("there will be no metrics", failed);
            return null;
        });
        return node;
    }

    private void measure() {
        NodeMetrics metrics = new NodeMetrics(
                loop,
                new NodeMetrics.Sources(
                        linkCounters,
                        Wiring.brainSettings(settings, 0).staleAfterNanos(),
                        dispatch.totals(),
                        () -> OwnMetrics.functions(functions.deployments())));
        OwnMetrics.register(metrics, settings, () -> ready, entrance::openAsyncCalls);
        ContainerMetrics.register(metrics, functions.containerCounters());
        spans.ifPresent(export -> TraceMetrics.register(metrics, export));
        dispatch.record(metrics);
    }

    /** Waits until the broker link was up for the first time; false if it is not after this time. */
    public boolean awaitLink(Duration atMost) {
        try {
            firstLink.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The node's id. */
    public NodeId id() {
        return settings.id();
    }

    /** {@code http://host:port}, or with https. */
    public String url() {
        return (settings.access().tls().certificate().isPresent() ? "https://" : "http://")
                + settings.http().address().host() + ":" + entrance.port();
    }

    /** The broker that is connected or tried, as in the settings. */
    public String broker() {
        return transport.address();
    }

    /** The node's view of itself and its peers, JSON. */
    public String status() {
        return loop.look(brain -> status.of(
                brain,
                new StatusText.Now(ready, loop.nowNanos(), System.currentTimeMillis()),
                inForce.describeWanted(),
                functions.deployments().names()));
    }

    /** Looks at the brain; see {@link NodeLoop#look}. */
    public <T> T look(Function<NodeBrain, T> look) {
        return loop.look(look);
    }

    private String linkFailure() {
        return transport
                .trouble()
                .seen()
                .failure()
                .map(LinkTrouble.Failure::reason)
                .orElse("");
    }

    private String diagnosis() {
        return new Diagnosis(settings, inForce, functions.deployments(), loop, transport, link).text();
    }

    private void functionsChanged(Set<FunctionName> usable, Set<FunctionName> unusable) {
        loop.offer(new Event.FunctionsChanged(usable, unusable));
        link.announceFunctions(usable);
    }

    private String peers() {
        long wallSeconds = System.currentTimeMillis() / MILLIS_PER_SECOND;
        return loop.look(brain -> peerList.of(brain, loop.nowNanos(), wallSeconds));
    }

    private Optional<MetricsText> scrape(String accept) {
        return Optional.ofNullable(dispatch.metrics())
                .map(metrics -> metrics.scrape(accept))
                .map(scraped -> new MetricsText(scraped.contentType(), scraped.text()));
    }

    /**
     * Takes nothing new from peers, lets calls end for as long as configured, then leaves. One that was closed already
     * stays as it is; whoever closes it meanwhile waits until it has left.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ready = false;
        entrance.refuseNew();
        link.drain();
        new LastCalls(loop, entrance).awaitEnd(settings.stopGrace().toNanos());
        // First what has not begun, lest it does when a function ends; then the functions, while whoever waits for one
        // can be told, here and at peers.
        loop.offer(new Event.Stopping());
        functions.closeFunctions();
        live.close();
        link.close();
        entrance.close();
        functions.close();
        weights.ifPresent(WeightsKeeper::close);
        loop.close();
        dispatch.close();
        spans.ifPresent(SpanExport::close);
    }
}

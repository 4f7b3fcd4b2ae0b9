package io.p2pfaas.node.http;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.BodyBudget;
import io.p2pfaas.node.call.CallNotes;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.Trial;
import io.p2pfaas.node.loop.NodeLoop;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.management.XnioServerMXBean;

/** The node's HTTP side: one listener, its threads, and what is served on which path. */
public final class HttpEntrance implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_POOLED_BUFFERS = 256;
    private static final int THREAD_LOCAL_BUFFERS = 8;
    private static final int MAX_HEADERS = 200;
    private static final long UNLIMITED = -1;
    private static final int TASK_THREADS = 4;
    private static final long LAST_ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Set<HttpString> CHANGES = Set.of(Methods.POST, Methods.PUT, Methods.PATCH, Methods.DELETE);

    private final HttpSetup setup;
    private final XnioWorker worker;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_BYTES, MAX_POOLED_BUFFERS, THREAD_LOCAL_BUFFERS, 0);
    private volatile boolean takesCalls;
    private volatile @Nullable BodyBudget bodies;
    private volatile @Nullable AsyncCalls async;
    private final @Nullable ServerCertificate certificate;
    private @Nullable Callbacks callbacks;
    private final List<Undertow> besides = new ArrayList<>();
    private @Nullable Undertow server;
    private final Set<XnioServerMXBean> listeners = ConcurrentHashMap.newKeySet();
    private @Nullable OpenExchanges exchanges;

    public HttpEntrance(HttpSetup setup) {
        this.setup = setup;
        int threads = setup.ioThreads() > 0
                ? setup.ioThreads()
                : Math.max(2, Runtime.getRuntime().availableProcessors());
        try {
            worker = Xnio.getInstance()
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_IO_THREADS, threads)
                            .set(Options.WORKER_TASK_CORE_THREADS, 1)
                            .set(Options.WORKER_TASK_MAX_THREADS, TASK_THREADS)
                            .set(Options.WORKER_NAME, "p2pfaas-io")
                            .set(Options.THREAD_DAEMON, true)
                            .set(Options.TCP_NODELAY, true)
                            .getMap());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Looking.begin(worker, setup.access()::look);
        certificate =
                setup.tls().map(files -> new ServerCertificate(files, worker)).orElse(null);
    }

    /** The threads of the entrance, on which functions are called too. */
    public XnioWorker worker() {
        return worker;
    }

    /** The buffers of the entrance. */
    public ByteBufferPool buffers() {
        return buffers;
    }

    /**
     * What calls need.
     *
     * @param isIdempotent whether a function may be run twice
     * @param async bounds of calls whose callers do not wait
     * @param notes decides what is noted of each
     * @param trial calls over MQTT for the page
     */
    public record Calls(
            NodeLoop loop,
            CallReport report,
            CallNotes notes,
            Predicate<FunctionName> isIdempotent,
            AsyncSetup async,
            Trial trial) {}

    /**
     * Begins to listen.
     *
     * @param site what is served beside functions; pages of the entrance's own are added
     * @throws IllegalStateException if the address cannot be had; the message says which
     */
    public void start(Calls calls, Site site) {
        BodyBudget budget = new BodyBudget(setup.maxBufferedBytes());
        bodies = budget;
        AsyncEntrance later = async(calls);
        CallGate gate = new CallGate(setup.access(), new Pacer(setup.limit(), calls.loop()::nowNanos));
        site.below(Methods.GET, AsyncEntrance.RESULTS, later::answer).behind(AsyncEntrance.RESULTS, gate);
        site.below(Methods.POST, TrialPage.PREFIX, new TrialPage(calls.trial(), setup.readTimeout()))
                .behind(TrialPage.PREFIX, gate);
        List<CallIntake> intakes = List.of(
                intake(
                        FunctionCalls.PREFIX,
                        calls,
                        budget,
                        new FunctionCalls(calls.loop(), calls.report(), setup.callTimeout())),
                intake(AsyncEntrance.PREFIX, calls, budget, later));
        OpenExchanges counting = new OpenExchanges(exchange -> route(exchange, gate, intakes, site));
        server = listen(setup.port(), counting);
        exchanges = counting;
    }

    private CallIntake intake(String prefix, Calls calls, BodyBudget budget, CallIntake.Taker taker) {
        return new CallIntake(prefix, calls, budget, setup, Clock.systemUTC(), taker);
    }

    private AsyncEntrance async(Calls calls) {
        AsyncCalls.Timer timer =
                (millis, task) -> worker.getIoThread().executeAfter(task, millis, TimeUnit.MILLISECONDS);
        Callbacks delivery = new Callbacks(new Callbacks.JdkPost(timer), timer);
        NodeLoop loop = calls.loop();
        AsyncCalls taken = new AsyncCalls(
                (offering, caller, deadline) -> offering.to(loop, caller, deadline),
                calls.report(),
                loop::nowNanos,
                timer,
                delivery,
                new AsyncResults(loop::nowNanos, calls.async()),
                calls.async());
        callbacks = delivery;
        async = taken;
        return new AsyncEntrance(taken, CallbackRule.of(calls.async().callbacks()));
    }

    /**
     * Listens on another port of the same host too. To be called before {@link #close}, by one thread.
     *
     * @throws IllegalStateException if the address cannot be had; the message says which
     */
    public void serveBeside(int port, Site site) {
        besides.add(listen(port, site::answer));
    }

    private Undertow listen(int port, HttpHandler handler) {
        Undertow listening = listener(port)
                .setWorker(worker)
                .setByteBufferPool(buffers)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, setup.maxHeaderBytes())
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                // Undertow's own limit of 2 MB would cut the connection; BodyReader has ours, and says so.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, UNLIMITED)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, (int)
                        setup.idleTimeout().toMillis())
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int)
                        setup.readTimeout().toMillis())
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setSocketOption(Options.REUSE_ADDRESSES, true)
                .setHandler(
                        new DateHeader(new FramingGuard(new HttpContinueReadHandler(handler)), InstantSource.system()))
                .build();
        try {
            listening.start();
            listeners.addAll(worker.getMXBean().getServerMXBeans());
            return listening;
        } catch (RuntimeException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                throw new IllegalStateException(
                        "cannot listen on " + setup.host() + ":" + port + ": this host name is not known", failed);
            }
            if (cause instanceof IOException taken) {
                throw new IllegalStateException(
                        "cannot listen on " + setup.host() + ":" + port + ": " + taken.getMessage(), failed);
            }
            throw failed;
        }
    }

    private Undertow.Builder listener(int port) {
        SSLContext tls = certificate == null ? null : certificate.context();
        return tls == null
                ? Undertow.builder().addHttpListener(port, setup.host())
                : Undertow.builder()
                        .addHttpsListener(port, setup.host(), tls)
                        .setSocketOption(Options.SSL_ENABLED_PROTOCOLS, ServerCertificate.VERSIONS);
    }

    private void route(HttpServerExchange exchange, CallGate gate, List<CallIntake> intakes, Site site)
            throws Exception {
        String path = exchange.getRequestPath();
        for (CallIntake intake : intakes) {
            if (intake.serves(path)) {
                if (!takesCalls) {
                    notNow(exchange, "Job cannot be scheduled");
                } else if (gate.letsPass(exchange)) {
                    intake.handleRequest(exchange);
                }
                return;
            }
        }
        if (!takesCalls && isChange(exchange, path)) {
            notNow(exchange, "Nothing can be changed");
        } else {
            site.answer(exchange);
        }
    }

    /** The original answers its greeting to POST too; everything else that is sent here changes something. */
    private static boolean isChange(HttpServerExchange exchange, String path) {
        return CHANGES.contains(exchange.getRequestMethod()) && !path.equals("/");
    }

    private static void notNow(HttpServerExchange exchange, String what) {
        exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
        // The connection will not live long: a caller that sends on it when it ends cannot know what became of its
        // call.
        exchange.setPersistent(false);
        EarlyAnswer.error(
                exchange, null, StatusCodes.SERVICE_UNAVAILABLE, 400, what + ": the node is starting or leaving");
    }

    /** The port that is listened on. */
    public int port() {
        if (server == null) {
            throw new IllegalStateException("not listening");
        }
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** How many connections are open, with those on which nothing has been sent yet. */
    int connections() {
        return listeners.stream().mapToInt(XnioServerMXBean::getConnectionCount).sum();
    }

    /** From now on calls are taken; until then they are answered with 503. */
    public void open() {
        takesCalls = true;
    }

    /** Calls whose callers do not wait and that have not ended. */
    public int openAsyncCalls() {
        AsyncCalls taken = async;
        return taken == null ? 0 : taken.open();
    }

    /** Whether bodies of calls are on their way, or their calls or answers are. */
    public boolean holdsBodies() {
        BodyBudget budget = bodies;
        return budget != null && budget.held() > 0;
    }

    /** From now on new calls are answered with 503; those that are here go on, and so do the pages. */
    public void refuseNew() {
        takesCalls = false;
    }

    /**
     * Stops listening; answers on open connections, for a moment, whatever is under way or comes all the same; then ends
     * all connections.
     */
    @Override
    public void close() {
        AsyncCalls waiting = async;
        if (waiting != null) {
            waiting.close();
        }
        if (callbacks != null) {
            callbacks.close();
        }
        refuseNew();
        // Closed a second time, it has no threads any more that could count connections.
        if (server != null && exchanges != null && !worker.isShutdown()) {
            exchanges.endConnections();
            server.stop();
            exchanges.awaitQuiet(this::connections, LAST_ANSWERS_NANOS);
        }
        besides.forEach(Undertow::stop);
        worker.shutdownNow();
    }
}

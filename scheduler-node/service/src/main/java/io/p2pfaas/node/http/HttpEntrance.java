package io.p2pfaas.node.http;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.loop.NodeLoop;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** The node's HTTP side: one listener, its threads, and what is served on which path. */
public final class HttpEntrance implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_POOLED_BUFFERS = 256;
    private static final int THREAD_LOCAL_BUFFERS = 8;
    private static final int MAX_HEADERS = 200;
    private static final long UNLIMITED = -1;
    private static final int TASK_THREADS = 4;
    private static final long LAST_ANSWERS_MILLIS = 1000;

    private final HttpSetup setup;
    private final XnioWorker worker;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_BYTES, MAX_POOLED_BUFFERS, THREAD_LOCAL_BUFFERS, 0);
    private volatile boolean takesCalls;
    private volatile @Nullable BodyBudget bodies;
    private final List<Undertow> besides = new ArrayList<>();
    private @Nullable Undertow server;
    private @Nullable GracefulShutdownHandler exchanges;

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
     * Begins to listen.
     *
     * @param site what is served beside functions
     * @throws IllegalStateException if the address cannot be had; the message says which
     */
    public void start(NodeLoop loop, CallReport report, Predicate<FunctionName> isIdempotent, Site site) {
        BodyBudget budget = new BodyBudget(setup.maxBufferedBytes());
        bodies = budget;
        BodyReader bodies =
                new BodyReader(setup.maxBodyBytes(), setup.readTimeout().toMillis());
        FunctionHandler functions = new FunctionHandler(loop, report, isIdempotent, budget, bodies, setup);
        GracefulShutdownHandler counting = new GracefulShutdownHandler(exchange -> route(exchange, functions, site));
        server = listen(setup.port(), counting);
        exchanges = counting;
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
        Undertow listening = Undertow.builder()
                .setWorker(worker)
                .setByteBufferPool(buffers)
                .addHttpListener(port, setup.host())
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, setup.maxHeaderBytes())
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                // Undertow's own limit of 2 MB would cut the connection; BodyReader has ours, and says so.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, UNLIMITED)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, (int)
                        setup.idleTimeout().toMillis())
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int)
                        setup.readTimeout().toMillis())
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setSocketOption(Options.REUSE_ADDRESSES, true)
                .setHandler(new HttpContinueReadHandler(handler))
                .build();
        try {
            listening.start();
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

    private void route(HttpServerExchange exchange, FunctionHandler functions, Site site) throws Exception {
        String path = exchange.getRequestPath();
        if (path.startsWith(FunctionHandler.PREFIX)) {
            if (takesCalls) {
                functions.handleRequest(exchange);
            } else {
                notNow(exchange, "Job cannot be scheduled");
            }
        } else if (!takesCalls && isChange(exchange, path)) {
            notNow(exchange, "Nothing can be changed");
        } else {
            site.answer(exchange);
        }
    }

    /** The original answers its greeting to POST too; everything else that is posted changes something. */
    private static boolean isChange(HttpServerExchange exchange, String path) {
        return exchange.getRequestMethod().equals(Methods.POST) && !path.equals("/");
    }

    private static void notNow(HttpServerExchange exchange, String what) {
        exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
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

    /** From now on calls are taken; until then they are answered with 503. */
    public void open() {
        takesCalls = true;
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

    /** Lets answers that are under way leave, for a moment; then stops listening and ends all connections. */
    @Override
    public void close() {
        if (exchanges != null) {
            exchanges.shutdown();
            awaitExchanges(exchanges);
        }
        if (server != null) {
            server.stop();
        }
        besides.forEach(Undertow::stop);
        worker.shutdownNow();
    }

    private static void awaitExchanges(GracefulShutdownHandler open) {
        try {
            boolean ignored = open.awaitShutdown(LAST_ANSWERS_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.p2pfaas.load.live;

import io.p2pfaas.load.plan.HeaderField;
import io.p2pfaas.load.plan.Plan;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Logger;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP/1.1 over kept-alive connections. The minimal client on purpose: no retry, redirect, cookie or decompression may
 * turn one call into something else than one request.
 */
public final class HttpTransport implements Transport, AutoCloseable {
    /** A connection idle for longer is probed before use: servers close idle ones, commonly after 5 s or more. */
    private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);

    /** How long after its deadline a call given up may keep its socket, no longer its place in the pool. */
    private static final long LINGER_MILLIS = 1000;

    /** Held, because the JDK forgets loggers that nobody holds, and their filters with them. */
    private static final Logger CLIENT_LOG = Logger.getLogger("org.apache.hc.client5.http.impl.async");

    static {
        // Closing at once pulls the selector and its keys away from under its thread, which the client reports as
        // SEVERE.
        CLIENT_LOG.setFilter(entry -> !(entry.getThrown() instanceof ClosedSelectorException
                || entry.getThrown() instanceof ConcurrentModificationException));
    }

    private final Function<PlannedCall, Request> requests;
    private final RequestConfig requestConfig;
    private final MinimalHttpAsyncClient client;

    /**
     * What one call is over HTTP: a POST.
     *
     * @param body all that remains in the buffer
     */
    public record Request(URI target, List<HeaderField> headers, ByteBuffer body) {
        public Request {
            headers = List.copyOf(headers);
            body = body.asReadOnlyBuffer();
        }

        private byte[] bodyBytes() {
            byte[] bytes = new byte[body.remaining()];
            body.duplicate().get(bytes);
            return bytes;
        }
    }

    /** For the calls of a plan. */
    public HttpTransport(Plan plan) {
        this(plan.timeout(), plan.maxInFlight(), requestsOf(plan));
    }

    private static Function<PlannedCall, Request> requestsOf(Plan plan) {
        List<HeaderField> headers = plan.call().headers();
        ByteBuffer body = ByteBuffer.wrap(plan.call().body());
        return call -> new Request(plan.targetOf(call.number()), headers, body);
    }

    /**
     * Starts the I/O threads; sends nothing yet.
     *
     * @param timeout that the runner keeps for a whole call
     * @param maxInFlight calls that are in flight at most
     * @param requests says what to send; asked by the pacing thread
     */
    public HttpTransport(Duration timeout, int maxInFlight, Function<PlannedCall, Request> requests) {
        this.requests = requests;
        requestConfig = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.DISABLED)
                .build();
        IOReactorConfig io = IOReactorConfig.custom()
                // The pacing thread and the target want processors, too.
                .setIoThreadCount(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
                .setTcpNoDelay(true)
                .build();
        client = HttpAsyncClients.createMinimal(
                H2Config.DEFAULT, Http1Config.DEFAULT, io, connections(timeout, maxInFlight));
        client.start();
    }

    private static PoolingAsyncClientConnectionManager connections(Duration timeout, int maxInFlight) {
        // The runner keeps the deadline of the whole call. Connecting gets half of it, so that a target that cannot be
        // reached is told from one that does not answer.
        long timeoutMillis = timeout.toMillis();
        Timeout connectTimeout = Timeout.ofMilliseconds(Math.max(1, timeoutMillis / 2));
        // Twice the calls in flight: a call given up while it connects keeps its place until connecting ends.
        int places = (int) Math.min(Integer.MAX_VALUE, 2L * maxInFlight);
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(places)
                .setMaxConnPerRoute(places)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .setSocketTimeout(Timeout.ofMilliseconds(timeoutMillis + LINGER_MILLIS))
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(connectTimeout)
                        .build())
                .build();
    }

    @Override
    public Runnable send(PlannedCall planned, Consumer<Reply> onReply) {
        Request wanted = requests.apply(planned);
        URI target = wanted.target();
        BasicHttpRequest request = new BasicHttpRequest(Method.POST, target);
        for (HeaderField header : wanted.headers()) {
            request.addHeader(header.name(), header.value());
        }
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(requestConfig);
        HttpCall call = new HttpCall(
                new BasicRequestProducer(request, new BasicAsyncEntityProducer(wanted.bodyBytes(), null)),
                context,
                onReply);
        // The future of the lease is not for cancelling: a connection that comes afterwards would be lost.
        var unused = client.lease(new HttpHost(target.getScheme(), target.getHost(), target.getPort()), context, call);
        return call::giveUp;
    }

    /** Cuts off what is in flight. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}

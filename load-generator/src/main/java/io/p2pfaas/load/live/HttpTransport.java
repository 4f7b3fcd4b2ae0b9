package io.p2pfaas.load.live;

import io.p2pfaas.load.plan.HeaderField;
import io.p2pfaas.load.plan.Plan;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.util.function.Consumer;
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
        // Closing at once pulls the selector away from under its thread, which the client reports as SEVERE.
        CLIENT_LOG.setFilter(entry -> !(entry.getThrown() instanceof ClosedSelectorException));
    }

    private final HeaderField[] headers;
    private final byte[] body;
    private final RequestConfig requestConfig;
    private final MinimalHttpAsyncClient client;

    /** Starts the I/O threads; sends nothing yet. */
    public HttpTransport(Plan plan) {
        headers = plan.call().headers().toArray(HeaderField[]::new);
        body = plan.call().body();
        requestConfig = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.DISABLED)
                .build();
        IOReactorConfig io = IOReactorConfig.custom()
                // The pacing thread and the target want processors, too.
                .setIoThreadCount(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
                .setTcpNoDelay(true)
                .build();
        client = HttpAsyncClients.createMinimal(H2Config.DEFAULT, Http1Config.DEFAULT, io, connections(plan));
        client.start();
    }

    private static PoolingAsyncClientConnectionManager connections(Plan plan) {
        // The runner keeps the deadline of the whole call. Connecting gets half of it, so that a target that cannot be
        // reached is told from one that does not answer.
        long timeoutMillis = plan.timeout().toMillis();
        Timeout connectTimeout = Timeout.ofMilliseconds(Math.max(1, timeoutMillis / 2));
        // Twice the calls in flight: a call given up while it connects keeps its place until connecting ends.
        int places = (int) Math.min(Integer.MAX_VALUE, 2L * plan.maxInFlight());
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
    public Runnable send(URI target, Consumer<Reply> onReply) {
        BasicHttpRequest request = new BasicHttpRequest(Method.POST, target);
        for (HeaderField header : headers) {
            request.addHeader(header.name(), header.value());
        }
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(requestConfig);
        HttpCall call = new HttpCall(
                new BasicRequestProducer(request, new BasicAsyncEntityProducer(body, null)), context, onReply);
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

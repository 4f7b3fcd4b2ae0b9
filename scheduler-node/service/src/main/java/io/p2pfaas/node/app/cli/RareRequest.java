package io.p2pfaas.node.app.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends what {@link java.net.HttpURLConnection} cannot: other methods, such as PATCH, and bodies with GET, which it would
 * make a POST. That one is used wherever it can be, since it is ready ten times as soon.
 */
final class RareRequest {
    private static final Set<String> USUAL = Set.of("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "DELETE");

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection");
    }

    private final HttpRequest.Builder request;
    private final HttpClient client;

    RareRequest(URI url, Duration timeout, Duration connect, @Nullable SSLContext trust) {
        this.request = HttpRequest.newBuilder(url).timeout(timeout);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    static boolean isRare(String method, byte @Nullable [] body) {
        return !(body == null ? USUAL : WITH_BODY).contains(method);
    }

    /** @throws IllegalArgumentException if there can be no such method or field */
    NodeClient.Answer send(String method, List<HeaderField> fields, byte @Nullable [] body) throws IOException {
        fields.forEach(field -> request.header(field.name(), field.value()));
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new NodeClient.Answer(answer.statusCode(), answer.headers().map(), ByteBuffer.wrap(answer.body()));
        } catch (ConnectException failed) {
            // The JDK's says nothing.
            ConnectException told = new ConnectException("no connection");
            told.initCause(failed);
            throw told;
        } catch (HttpTimeoutException late) {
            SocketTimeoutException told = new SocketTimeoutException(late.getMessage());
            told.initCause(late);
            throw told;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

package io.p2pfaas.node.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Talks to a running node, as the commands need it: one request at a time, blocking. */
public final class NodeClient {
    /** What the node at {@code --url} answers is wanted whole: functions' answers too. */
    static final int ANYTHING = Integer.MAX_VALUE;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    static {
        // The JDK would send a POST a second time if the connection breaks: a call would run twice.
        System.setProperty("sun.net.http.retryPost", "false");
        // It would leave out Host, Origin, Via and others without a word.
        System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
    }

    private final String base;
    private final Duration timeout;
    private final List<String> shown;
    private final @Nullable SSLContext trust;
    private final int mostBytes;

    /** One to whom nothing is shown. */
    public NodeClient(String base, Duration timeout) {
        this(base, timeout, List.of(), null, ANYTHING);
    }

    /**
     * @param base {@code http://host:port}
     * @param shown header fields that every request has
     * @param trust who may have certified an https node; null = whom the JVM trusts
     * @param mostBytes of an answer; larger ones are a failure
     */
    NodeClient(String base, Duration timeout, List<String> shown, @Nullable SSLContext trust, int mostBytes) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.timeout = timeout;
        this.shown = List.copyOf(shown);
        this.trust = trust;
        this.mostBytes = mostBytes;
    }

    /** What the node answered. */
    public record Answer(int status, Map<String, List<String>> headers, ByteBuffer body) {
        String text() {
            return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
        }

        /** The first value of a field, without regard to case; empty if it has none. */
        String header(String name) {
            for (Map.Entry<String, List<String>> field : headers.entrySet()) {
                if (name.equalsIgnoreCase(field.getKey()) && !field.getValue().isEmpty()) {
                    return field.getValue().get(0);
                }
            }
            return "";
        }
    }

    /** Takes the lines of an answer as they come; false = enough. */
    @FunctionalInterface
    interface Lines {
        boolean take(String line);
    }

    /** One request and its whole answer. */
    public Answer send(String method, String path, List<String> headers, byte @Nullable [] body) throws IOException {
        if (RareRequest.isRare(method, body)) {
            return new RareRequest(address(path), timeout, CONNECT, trust).send(method, fields(headers), body);
        }
        HttpURLConnection connection = open(method, path, headers);
        if (body != null) {
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        return answer(connection);
    }

    /** Hands over the lines of an answer that may not end; if it is a refusal, answers that. */
    Answer follow(String path, Lines lines) throws IOException {
        HttpURLConnection connection = open("GET", path, List.of());
        // A log may be silent for as long as it likes.
        connection.setReadTimeout(0);
        if (connection.getResponseCode() >= 400) {
            return answer(connection);
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null && lines.take(line)) {
                line = reader.readLine();
            }
        }
        return new Answer(connection.getResponseCode(), connection.getHeaderFields(), ByteBuffer.allocate(0));
    }

    private Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            byte[] answer = in == null ? new byte[0] : in.readNBytes(mostBytes);
            if (in != null && answer.length == mostBytes && in.read() >= 0) {
                throw new IOException("the answer is larger than " + mostBytes + " bytes");
            }
            return new Answer(status, connection.getHeaderFields(), ByteBuffer.wrap(answer));
        }
    }

    private HttpURLConnection open(String method, String path, List<String> headers) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address(path).toURL().openConnection();
        if (trust != null && connection instanceof HttpsURLConnection encrypted) {
            encrypted.setSSLSocketFactory(trust.getSocketFactory());
        }
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(method);
        fields(headers).forEach(field -> connection.addRequestProperty(field.name(), field.value()));
        return connection;
    }

    private URI address(String path) {
        URI url = URI.create(base + path);
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException("--url must begin with http:// or https://, but is '" + base + "'");
        }
        return url;
    }

    /** What is shown, what is said, and that any answer is welcome: the JDK would ask for pages and pictures. */
    private List<HeaderField> fields(List<String> said) {
        List<HeaderField> fields = new ArrayList<>();
        shown.forEach(field -> fields.add(HeaderField.of(field)));
        said.forEach(field -> fields.add(HeaderField.of(field)));
        if (fields.stream().noneMatch(field -> field.name().equalsIgnoreCase("accept"))) {
            fields.add(new HeaderField("Accept", "*/*"));
        }
        return fields;
    }
}

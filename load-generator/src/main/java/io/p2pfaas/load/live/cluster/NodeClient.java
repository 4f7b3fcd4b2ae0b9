package io.p2pfaas.load.live.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks nodes about themselves. Not for calls of a run. Any thread. */
public final class NodeClient {
    private static final int OK = 200;

    private final Duration timeout;
    private final HttpClient client;

    /** @param timeout of one question */
    public NodeClient(Duration timeout) {
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * What a node says of itself.
     *
     * @throws IOException if it does not answer, or with something else; names the address
     */
    public NodeStatus status(URI node) throws IOException, InterruptedException {
        URI page = node.resolve("/status");
        try {
            return NodeStatus.parse(get(page));
        } catch (IllegalArgumentException other) {
            throw new IOException(page + ": " + other.getMessage(), other);
        }
    }

    /** A node's metric without labels, since the node started. */
    public double metric(URI node, String name) throws IOException, InterruptedException {
        String start = name + " ";
        return get(node.resolve("/metrics"))
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                .findFirst()
                .orElseThrow(() -> new IOException(node.resolve("/metrics") + " has no " + name));
    }

    private String get(URI page) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = client.send(
                    HttpRequest.newBuilder(page).timeout(timeout).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            String why = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            throw new IOException("no answer from " + page + ": " + why, failed);
        }
        if (answer.statusCode() != OK) {
            throw new IOException(page + " answers with status " + answer.statusCode());
        }
        return answer.body();
    }
}

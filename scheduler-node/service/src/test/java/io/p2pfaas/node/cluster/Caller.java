package io.p2pfaas.node.cluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls functions over HTTP. Follows no redirects and never sends anything twice on its own. */
final class Caller {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Posts a body. */
    CompletableFuture<Reply> post(String url, byte[] body, String... namesAndValues) {
        return send("POST", url, body, namesAndValues);
    }

    /** Posts nothing. */
    CompletableFuture<Reply> post(String url) {
        return post(url, new byte[0]);
    }

    /** Any method. */
    CompletableFuture<Reply> send(String method, String url, byte[] body, String... namesAndValues) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Await.PATIENCE)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (namesAndValues.length > 0) {
            request.headers(namesAndValues);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Reply::of);
    }

    /** A page of the node. */
    String get(String url) {
        return Await.of(send("GET", url, new byte[0])).text();
    }
}

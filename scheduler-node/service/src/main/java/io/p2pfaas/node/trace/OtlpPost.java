package io.p2pfaas.node.trace;

import io.p2pfaas.node.files.FileWatch;
import io.p2pfaas.node.trace.SpanExport.Fate;
import io.p2pfaas.node.trace.SpanExport.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Posts batches to a collector by OTLP over HTTP. */
final class OtlpPost implements SpanExport.Post {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FIRST_FAILURE = 300;
    /** Those that OTLP says are worth another try. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final URI url;
    private final Optional<FileWatch<TraceHeaders>> headers;
    private final Duration patience;
    /** Made by the exporting thread, when there is something to send: its many classes would slow the node's start. */
    private @Nullable HttpClient client;

    /** @param patience with which a collector is waited for, until the end of its answer */
    OtlpPost(URI url, Optional<FileWatch<TraceHeaders>> headers, Duration patience) {
        this.url = url;
        this.headers = headers;
        this.patience = patience;
    }

    private HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .connectTimeout(patience)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            client = known;
        }
        return known;
    }

    @Override
    public Result send(byte[] batch) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch));
        headers.ifPresent(file -> {
            file.look();
            file.content().forEach(request::header);
        });
        // The timeout of a request ends with the head of the answer.
        CompletableFuture<HttpResponse<byte[]>> sent =
                client().sendAsync(request.build(), head -> new AnswerBeginning(OtlpAnswer.MAX_BYTES));
        try {
            return result(sent.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            return new Result(Fate.LATER, url + " cannot be reached: " + failed.getCause());
        } catch (TimeoutException late) {
            return new Result(Fate.LATER, url + " did not answer within " + patience.toMillis() + " ms");
        } finally {
            sent.cancel(true);
        }
    }

    private Result result(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= FIRST_FAILURE) {
            return new Result(PASSING.contains(status) ? Fate.LATER : Fate.REFUSED, url + " answered " + status);
        }
        OtlpAnswer answer = OtlpAnswer.read(response.body());
        return new Result(Fate.TAKEN, answer.rejected(), answer.why());
    }
}

package io.p2pfaas.node.http;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.node.call.CallNotes;
import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.TakenCall;
import io.p2pfaas.node.loop.NodeLoop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** An entrance with a brain behind it, one function {@code f} that answers as the test says, and a client. */
final class TestEntrance implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int SLOTS = 2;
    private static final String HOST = "127.0.0.1";
    private static final int MAX_BODY = 100_000;
    /** A board with a name that must not become HTML. */
    static final String BOARD = "{\"node\":\"n1\",\"nodes\":[{\"id\":\"<b>\",\"state\":\"online\"}]}";

    final Viewers viewers;
    volatile boolean leaveAsked;
    final AtomicInteger boardsWritten = new AtomicInteger();
    /** By how much the clock of those who look is ahead. */
    volatile long aheadNanos;

    /** Null while there are none yet. */
    volatile @Nullable MetricsText metrics;

    /** All that is served, but for calls. */
    final Site site;

    final FakeFunctionDesk functions = new FakeFunctionDesk();
    final FakeSecretDesk secrets = new FakeSecretDesk();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpEntrance entrance;
    private final NodeLoop loop;

    /** @param function its answer is sent when the future is there */
    TestEntrance(
            ManagementSetup management,
            AsyncSetup async,
            Executor executor,
            Function<Request, CompletableFuture<Response>> function) {
        NodeBrain brain = new NodeBrain(
                BrainSettings.of(new NodeId("n1"), 1, SLOTS, 0),
                PolicyCatalogue.standard().create(PolicySpec.parse("NoScheduler")),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1));
        NodeLoop[] self = new NodeLoop[1];
        loop = new NodeLoop(brain, System::nanoTime, effect -> carryOut(effect, self[0], function));
        self[0] = loop;
        loop.start();
        loop.offer(new Event.FunctionsChanged(Set.of(new FunctionName("f"))));
        entrance = new HttpEntrance(new HttpSetup(
                HOST,
                0,
                MAX_BODY,
                16_384,
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                10 * MAX_BODY,
                2,
                Duration.ofSeconds(10),
                management.access(),
                CallerLimit.NONE,
                Optional.empty()));
        Document document = new NoDocument();
        viewers = new Viewers(new FakeBoard());
        Management managed = new Management(functions, secrets, management, executor);
        site = DiagnosisPage.addTo(
                Pages.of(
                        new Pages.View(
                                () -> true,
                                () -> new Load(0, SLOTS, 0, 0),
                                () -> "{}",
                                accept -> Optional.ofNullable(metrics)),
                        new Contract(document, document, document, document, () -> "[]", Map::of),
                        managed,
                        viewers,
                        () -> leaveAsked = true,
                        Duration.ofSeconds(5)),
                managed,
                () -> "{}");
        entrance.start(
                new HttpEntrance.Calls(
                        loop,
                        new CallReport(() -> "NoScheduler", node -> HOST),
                        CallNotes.OF_CALLERS_ONLY,
                        name -> true,
                        async,
                        TestEntrance::trial),
                site);
        entrance.open();
    }

    /** Says what it was asked. */
    private static CompletionStage<Response> trial(FunctionName function, Request request) {
        String said = function + " " + request.headers().first("X-Mine") + " "
                + request.headers().first("Cookie") + " "
                + StandardCharsets.UTF_8.decode(request.body().duplicate());
        return CompletableFuture.completedFuture(new Response(
                201,
                Headers.of("X-Over", "mqtt", "Content-Security-Policy", "default-src *"),
                ByteBuffer.wrap(said.getBytes(StandardCharsets.UTF_8))));
    }

    private final class FakeBoard implements Viewers.Source {
        @Override
        public byte[] board() {
            boardsWritten.incrementAndGet();
            return BOARD.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public long nowNanos() {
            return System.nanoTime() + aheadNanos;
        }
    }

    private static final class NoDocument implements Document {
        @Override
        public String text() {
            return "{}";
        }

        @Override
        public Optional<Refusal> change(ByteBuffer json, String by) {
            return Optional.empty();
        }
    }

    private static void carryOut(
            Effect effect, NodeLoop loop, Function<Request, CompletableFuture<Response>> function) {
        if (effect instanceof Effect.Reply reply) {
            ((CallerCall) reply.call().payload()).reply(reply.call(), reply.end(), reply.placement());
        } else if (effect instanceof Effect.Execute execute) {
            Call call = execute.call();
            CompletableFuture<Void> ignored = function.apply(((TakenCall) call.payload()).request())
                    .thenAccept(response -> loop.offer(
                            new Event.ExecutionEnded(call.id(), End.done(new Outcome.Answered(response, 1)))));
        }
    }

    String url(String path) {
        return "http://" + HOST + ":" + entrance.port() + path;
    }

    int port() {
        return entrance.port();
    }

    int connections() {
        return entrance.connections();
    }

    int openAsyncCalls() {
        return entrance.openAsyncCalls();
    }

    boolean holdsBodies() {
        return entrance.holdsBodies();
    }

    HttpResponse<String> send(String method, String path, String body, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    HttpResponse<String> get(String path, String... fields) {
        return send("GET", path, "", fields);
    }

    @Override
    public void close() {
        entrance.close();
        loop.close();
    }
}

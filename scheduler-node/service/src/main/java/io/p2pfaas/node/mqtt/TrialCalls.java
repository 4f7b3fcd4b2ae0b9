package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.Trial;
import io.p2pfaas.node.wire.Topics;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls that this node makes over the broker as any MQTT 5 client would, for those who try functions on its page: any
 * node may get them. Bounded, thread-safe.
 */
public final class TrialCalls implements Trial {
    static final int MAX_WAITING = 32;
    /** As much as somebody reads on a page. */
    static final int MAX_ANSWER_BYTES = 1024 * 1024;

    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int TIMED_OUT = 504;
    private static final int CANNOT_SCHEDULE = 400;
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String STATUS = "status";

    private final NodeId self;
    private final Topics topics;
    private final Transport transport;
    private final Duration patience;
    private final Map<String, CompletableFuture<Response>> waiting = new ConcurrentHashMap<>();

    /** @param patience how long an answer is waited for */
    TrialCalls(NodeId self, Topics topics, Transport transport, Duration patience) {
        this.self = self;
        this.topics = topics;
        this.transport = transport;
        this.patience = patience;
    }

    @Override
    public CompletionStage<Response> call(FunctionName function, Request request) {
        String number = UUID.randomUUID().toString();
        CompletableFuture<Response> answer = new CompletableFuture<>();
        if (!await(number, answer)) {
            return CompletableFuture.completedFuture(
                    error(UNAVAILABLE, "As many calls are tried as can be at the same time: " + MAX_WAITING));
        }
        transport
                .subscribe(List.of(topics.inbox(self)), true)
                .thenCompose(subscribed -> transport.publish(message(function, request, number)))
                .whenComplete((delivery, failed) -> {
                    if (failed != null || delivery == Transport.Delivery.FAILED) {
                        answer.complete(error(UNAVAILABLE, "The broker did not take the call"));
                    } else if (delivery == Transport.Delivery.NOBODY) {
                        answer.complete(error(UNAVAILABLE, "The broker says that no node takes calls"));
                    } else if (delivery == Transport.Delivery.TOO_LARGE) {
                        answer.complete(error(413, "The call is larger than the broker takes"));
                    }
                });
        return answer.completeOnTimeout(
                        error(TIMED_OUT, "No answer came within " + patience.toSeconds() + " s"),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((response, never) -> waiting.remove(number));
    }

    /** False if there is no room. */
    private boolean await(String number, CompletableFuture<Response> answer) {
        synchronized (waiting) {
            return waiting.size() < MAX_WAITING && waiting.put(number, answer) == null;
        }
    }

    private WireMessage message(FunctionName function, Request request, String number) {
        Headers.Builder properties = new Headers.Builder();
        request.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(CONTENT_TYPE)) {
                properties.add(name, value);
            }
        });
        return new WireMessage(
                topics.call(function),
                request.body(),
                true,
                false,
                topics.inbox(self),
                ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer(),
                request.headers().first(CONTENT_TYPE),
                Math.max(1, patience.toSeconds()),
                properties.build());
    }

    /** A message on this node's inbox for callers. */
    void answered(WireMessage message) {
        ByteBuffer correlation = message.correlation();
        CompletableFuture<Response> answer = correlation == null
                ? null
                : waiting.get(StandardCharsets.US_ASCII
                        .decode(correlation.duplicate())
                        .toString());
        if (answer != null) {
            answer.complete(response(message));
        }
    }

    private static Response response(WireMessage message) {
        int bytes = message.payload().remaining();
        if (bytes > MAX_ANSWER_BYTES) {
            return error(BAD_GATEWAY, "The answer has " + bytes + " bytes, here at most " + MAX_ANSWER_BYTES);
        }
        Headers.Builder headers = new Headers.Builder();
        if (message.contentType() != null) {
            headers.add(CONTENT_TYPE, message.contentType());
        }
        message.properties().forEach((name, value) -> {
            if (!name.equals(STATUS)) {
                headers.add(name, value);
            }
        });
        return new Response(status(message.properties().first(STATUS)), headers.build(), message.payload());
    }

    private static int status(@Nullable String text) {
        return text != null && text.matches("[2-5]\\d\\d") ? Integer.parseInt(text) : BAD_GATEWAY;
    }

    private static Response error(int status, String message) {
        return new Response(
                status,
                Headers.of(CONTENT_TYPE, "application/json"),
                ByteBuffer.wrap(JsonText.error(CANNOT_SCHEDULE, message).getBytes(StandardCharsets.UTF_8)));
    }
}

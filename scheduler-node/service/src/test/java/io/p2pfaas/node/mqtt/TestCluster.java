package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.runtime.FakeRuntime;
import io.p2pfaas.node.testing.InMemoryBroker;
import io.p2pfaas.node.testing.ManualClock;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Nodes on one in-memory broker, under one clock. */
final class TestCluster {
    private static final Duration STEP = Duration.ofMillis(10);

    final InMemoryBroker broker = new InMemoryBroker();
    final ManualClock clock = new ManualClock();
    private final List<TestNode> nodes = new ArrayList<>();

    /** A node that is started, connected, and known to those that were there before. */
    TestNode node(String name, TestNode.Plan plan) {
        TestNode node = stopped(name, plan);
        node.start();
        broker.deliverAll();
        return node;
    }

    /** A node that is not started yet. */
    TestNode stopped(String name, TestNode.Plan plan) {
        TestNode node = new TestNode(name, plan, broker.transport(name), clock);
        nodes.add(node);
        return node;
    }

    void settle() {
        broker.deliverAll();
    }

    /** Lets time pass in small steps; timers and retries are kept, messages delivered. */
    void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
            clock.advance(STEP);
            nodes.forEach(TestNode::wake);
            if (TimeUnit.NANOSECONDS.toMillis(clock.getAsLong()) % AnswerOutbox.retryMillis() == 0) {
                nodes.forEach(TestNode::retry);
            }
            broker.deliverAll();
        }
    }

    /** Answers with the body it is given, status 201, and a header. */
    static FakeRuntime echo() {
        return FakeRuntime.answering(TestCluster::echo);
    }

    static Response echo(Request request) {
        return new Response(201, Headers.of("Content-Type", "text/echo", "X-Function", "yes"), request.body());
    }

    static Response response(int status, String body) {
        return new Response(status, Headers.of("Content-Type", "text/plain"), bytes(body));
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    /** A call as an MQTT 5 client sends it. */
    static WireMessage call(String topic, String body, @Nullable String replyTo, @Nullable String correlation) {
        return new WireMessage(
                topic,
                bytes(body),
                true,
                false,
                replyTo,
                correlation == null ? null : bytes(correlation),
                "text/plain",
                0,
                Headers.EMPTY);
    }

    static WireMessage with(WireMessage message, Headers properties) {
        return new WireMessage(
                message.topic(),
                message.payload(),
                message.atLeastOnce(),
                message.retained(),
                message.responseTopic(),
                message.correlation(),
                message.contentType(),
                message.expirySeconds(),
                properties);
    }

    static WireMessage retained(WireMessage message) {
        return new WireMessage(
                message.topic(),
                message.payload(),
                message.atLeastOnce(),
                true,
                message.responseTopic(),
                message.correlation(),
                message.contentType(),
                message.expirySeconds(),
                message.properties());
    }

    static WireMessage expiring(WireMessage message, long seconds) {
        return new WireMessage(
                message.topic(),
                message.payload(),
                message.atLeastOnce(),
                message.retained(),
                message.responseTopic(),
                message.correlation(),
                message.contentType(),
                seconds,
                message.properties());
    }
}

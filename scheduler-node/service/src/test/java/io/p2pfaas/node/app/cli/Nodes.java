package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.fail;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.SettingsLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Nodes in this process, as an operator would configure them. */
final class Nodes implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<Node> all = new ArrayList<>();

    /** Starts one; keys and values alternate. */
    Node start(String id, int brokerPort, String... settings) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("id", List.of(id));
        values.put("http.address", List.of("127.0.0.1:0"));
        values.put("broker.url", List.of("mqtt://127.0.0.1:" + brokerPort));
        values.put("broker.reconnect-max", List.of("200ms"));
        values.put("call.heartbeat", List.of("200ms"));
        values.put("functions", List.of("echo=builtin:echo"));
        values.put("stop-grace", List.of("0s"));
        for (int i = 0; i < settings.length; i += 2) {
            if (settings[i + 1].isEmpty()) {
                values.remove(settings[i]);
            } else {
                values.put(settings[i], List.of(settings[i + 1]));
            }
        }
        LoadResult result = SettingsLoader.load(Optional.empty(), Map.of(), values);
        if (!(result instanceof LoadResult.Loaded loaded)) {
            throw new IllegalArgumentException(((LoadResult.Refused) result).message());
        }
        Node node = Node.start(loaded.settings());
        all.add(node);
        return node;
    }

    /** Waits until a node counts its link as up. */
    static void awaitLink(Node node) {
        await("the link is up: " + node.status(), () -> node.look(brain -> brain.isLinkUp()));
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail("waited in vain: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        all.forEach(Node::close);
    }
}

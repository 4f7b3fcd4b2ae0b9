package io.p2pfaas.node.cluster;

import io.p2pfaas.node.access.Role;
import io.p2pfaas.node.access.Tokens;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Three nodes in processes of their own, and calls for them. */
final class UiScene implements AutoCloseable {
    static final List<String> NODES = List.of("n1", "n2", "n3");

    private final MosquittoProcess broker;
    private final Tokens.Issued admin = Tokens.issue(Role.ADMIN, "ops");
    private final Path tokens;
    private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();

    private UiScene(MosquittoProcess broker, Path folder) throws IOException {
        this.broker = broker;
        this.tokens = Files.writeString(folder.resolve("tokens"), admin.line() + "\n");
    }

    /** Starts the nodes, or skips the calling test if there is no broker; returns when they know each other. */
    static UiScene startOrSkip(Path folder) throws IOException {
        UiScene scene = new UiScene(MosquittoProcess.startOrSkip(), folder);
        boolean complete = false;
        try {
            scene.complete();
            complete = true;
            return scene;
        } finally {
            if (!complete) {
                scene.close();
            }
        }
    }

    /** Starts those that are not there, and waits until each node has heard of the load of all others. */
    void complete() {
        for (String id : NODES) {
            NodeProcess node = nodes.get(id);
            if (node == null || !node.isAlive()) {
                start(id);
            }
        }
        awaitComplete();
    }

    private void start(String id) {
        nodes.put(
                id,
                NodeProcess.start(Flags.forBroker(broker.port())
                        .with("id", id)
                        .with("slots", "2")
                        .with("queue", "60")
                        .with("http.tokens-file", tokens.toString())
                        .with("functions", "echo=builtin:echo", "nap=builtin:sleep?mean=40ms")));
    }

    private void awaitComplete() {
        // First all, since each may take long to start on a busy machine.
        nodes.values().forEach(NodeProcess::url);
        // A caller each time: nodes end connections that were idle for long, perhaps just when they are used again.
        Caller caller = new Caller();
        for (NodeProcess node : nodes.values()) {
            Await.until(
                    () -> "the node has peers: " + node.said(),
                    () -> caller.get(node.url() + "/status").split("\"sampleAgeMillis\"", -1).length == NODES.size());
        }
    }

    NodeProcess node(String id) {
        NodeProcess node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("there is no node " + id);
        }
        return node;
    }

    /** Whoever has it may manage nodes. */
    String token() {
        return admin.token();
    }

    /** So many calls at once. */
    List<CompletableFuture<Reply>> burst(String id, int calls) {
        Caller caller = new Caller();
        List<CompletableFuture<Reply>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            all.add(caller.post(node(id).url() + "/function/nap"));
        }
        return all;
    }

    /** Asks a node to leave, as its operator does. */
    Reply drain(String id) {
        return Await.of(
                new Caller().post(node(id).url() + "/system/drain", new byte[0], "Authorization", "Bearer " + token()));
    }

    @Override
    public void close() {
        nodes.values().forEach(NodeProcess::kill);
        broker.close();
    }
}

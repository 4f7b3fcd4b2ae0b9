package io.p2pfaas.demo;

import io.p2pfaas.broker.EmbeddedBroker;
import io.p2pfaas.node.app.LogSetup;
import io.p2pfaas.node.app.Node;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo.jar}: a broker and nodes in this JVM, with sample functions, until Ctrl-C. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a broker and nodes with sample functions in this JVM, until Ctrl-C.",
        footer = {"", "Exit codes: 0 ended as asked, 2 bad usage, 1 anything else."})
public final class Demo implements Runnable {
    private static final Duration LINK_PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_NODES = 64;

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes. Default: ${DEFAULT-VALUE}")
    private int nodeCount = 3;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "The first node's port; the next ones follow. Default: ${DEFAULT-VALUE}")
    private int httpPort = 18080;

    @Option(names = "--mqtt-port", paramLabel = "PORT", description = "The broker's port. Default: ${DEFAULT-VALUE}")
    private int mqttPort = 1883;

    private final PrintStream out = System.out;

    private Demo() {}

    /** Runs the demo. */
    public static void main(String[] arguments) {
        LogSetup.install();
        System.exit(new CommandLine(new Demo())
                .setExecutionExceptionHandler((failed, line, parsed) -> {
                    System.err.println("The demo cannot start: " + failed.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }

    @Override
    public void run() {
        if (nodeCount < 1 || nodeCount > MAX_NODES) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "--nodes is " + nodeCount + ", allowed is 1 to " + MAX_NODES);
        }
        out.println("Starting a broker and " + nodeCount + " nodes in this JVM ...");
        int brokerPort = Ports.freeFrom(mqttPort, "--mqtt-port", out);
        EmbeddedBroker broker = EmbeddedBroker.start(brokerPort);
        List<Node> nodes = startNodes(broker.port());
        CountDownLatch stopped = new CountDownLatch(1);
        StatusLine status = new StatusLine(nodes, out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(status, nodes, broker, stopped), "demo-stop"));
        for (Node node : nodes) {
            if (!node.awaitLink(LINK_PATIENCE)) {
                out.println(
                        "node " + node.id() + " has not reached the broker yet; its calls run on itself until then");
            }
        }
        Welcome.print(nodes, broker.port(), out);
        status.start();
        awaitStop(stopped);
    }

    private List<Node> startNodes(int brokerPort) {
        List<Node> nodes = new ArrayList<>();
        int port = httpPort;
        for (int i = 1; i <= nodeCount; i++) {
            port = Ports.freeFrom(port, "--http-port", out);
            Node node = Node.start(DemoSettings.of("n" + i, port, brokerPort));
            // The others stay: a demo of what happens then.
            node.leaveAsked().thenRun(() -> new Thread(node::close, "demo-leave-" + node.id()).start());
            nodes.add(node);
            port++;
        }
        return nodes;
    }

    private void stop(StatusLine status, List<Node> nodes, EmbeddedBroker broker, CountDownLatch stopped) {
        status.close();
        out.println("Stopping: calls in flight may end first.");
        CompletableFuture<?>[] closing = nodes.stream()
                .map(node -> CompletableFuture.runAsync(node::close))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(closing).join();
        broker.close();
        out.println("Stopped.");
        out.flush();
        stopped.countDown();
        // Ended as asked: without this the JVM reports the signal as its exit code.
        Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
    }

    private static void awaitStop(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

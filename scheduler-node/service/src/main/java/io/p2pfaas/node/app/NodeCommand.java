package io.p2pfaas.node.app;

import io.p2pfaas.node.app.cli.Command;
import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.Setting;
import io.p2pfaas.node.config.SettingsLoader;
import io.p2pfaas.node.config.SettingsTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code node}: runs a node until it is told to stop. Its flags are made from the table of settings. */
final class NodeCommand {
    private static final String CONFIG = "--config";
    private static final Duration LINK_PATIENCE = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);

    private NodeCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Command) NodeCommand::run);
        spec.usageMessage()
                .description("Runs a node until Ctrl-C or SIGTERM. File < environment < flags; each setting KEY has"
                        + " the environment variable P2PFAAS_KEY.");
        spec.mixinStandardHelpOptions(true);
        spec.addOption(OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description("Settings file, YAML or JSON (docs/examples/node.yaml shows every key).")
                .build());
        for (Setting<?> setting : SettingsTable.all()) {
            spec.addOption(option(setting));
        }
        return spec;
    }

    private static OptionSpec option(Setting<?> setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.flag()).description(description(setting));
        return switch (setting.shape()) {
            case SWITCH -> option.arity("0").type(boolean.class).build();
            case SINGLE ->
                option.arity("1")
                        .paramLabel(setting.placeholder())
                        .type(String.class)
                        .build();
            case LIST, MAP ->
                option.arity("1")
                        .paramLabel(setting.placeholder())
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build();
        };
    }

    private static String description(Setting<?> setting) {
        String text = setting.description() + " [" + setting.key() + "]";
        String shown = setting.defaultText().isEmpty() ? text : text + " Default: " + setting.defaultText();
        return shown.replace("%", "%%");
    }

    private static int run(CommandLine.ParseResult parsed) {
        Map<String, List<String>> flags = new LinkedHashMap<>();
        for (Setting<?> setting : SettingsTable.all()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting.key(), values(parsed, setting));
            }
        }
        Optional<Path> file = Optional.ofNullable(parsed.matchedOptionValue(CONFIG, (Path) null));
        LoadResult result = SettingsLoader.load(file, System.getenv(), flags);
        result.warnings().forEach(warning -> System.err.println("warning: " + warning));
        if (result instanceof LoadResult.Loaded loaded) {
            return run(loaded);
        }
        System.err.println(((LoadResult.Refused) result).message());
        return CommandLine.ExitCode.USAGE;
    }

    private static List<String> values(CommandLine.ParseResult parsed, Setting<?> setting) {
        return switch (setting.shape()) {
            case SWITCH -> List.of("true");
            case SINGLE, LIST, MAP -> parsed.matchedOption(setting.flag()).originalStringValues();
        };
    }

    private static int run(LoadResult.Loaded loaded) {
        LogSetup.use(loaded.settings().log());
        PrintStream out = System.out;
        out.println(loaded.effective().text());
        CompletableFuture<Node> started = new CompletableFuture<>();
        CountDownLatch stopped = new CountDownLatch(1);
        // Before the start, since a node takes calls before its start has returned.
        Thread stop = new Thread(() -> stop(started, out, stopped), "p2pfaas-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        Node node;
        try {
            node = Node.start(loaded.settings());
            started.complete(node);
        } catch (IllegalStateException failed) {
            started.completeExceptionally(failed);
            System.err.println("The node cannot start: " + failed.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalArgumentException wrong) {
            started.completeExceptionally(wrong);
            System.err.println("The configuration has a problem:\n  functions: " + wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (RuntimeException | Error unexpected) {
            started.completeExceptionally(unexpected);
            throw unexpected;
        }
        node.leaveAsked()
                .thenRun(() -> new Thread(() -> System.exit(CommandLine.ExitCode.OK), "p2pfaas-leave").start());
        boolean linked = node.awaitLink(LINK_PATIENCE);
        out.println("node " + node.id() + " ready at " + node.url() + ", broker "
                + node.broker()
                + (linked ? "" : " not usable yet: calls run here until it is"));
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return CommandLine.ExitCode.OK;
    }

    /** Also if the node is just starting, then as soon as it has; a node that did not start needs no end. */
    private static void stop(CompletableFuture<Node> started, PrintStream out, CountDownLatch stopped) {
        Node node;
        try {
            node = started.get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notStarted) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        out.println("node " + node.id() + " leaves: calls in flight may end first");
        node.close();
        out.println("node " + node.id() + " stopped");
        out.flush();
        stopped.countDown();
        // Ended as asked: without this the JVM reports the signal as its exit code.
        Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
    }
}

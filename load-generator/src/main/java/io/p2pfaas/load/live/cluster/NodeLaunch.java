package io.p2pfaas.load.live.cluster;

import io.p2pfaas.load.plan.Experiment.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a node process is started.
 *
 * @param java the program and its options, up to and without the {@code node} command
 * @param flags of the command, the same for all nodes
 */
public record NodeLaunch(List<String> java, List<String> flags) {
    /** The settings whose flag is not simply their key. */
    private static final Map<String, String> FLAGS = Map.of(
            "http.address", "--http",
            "broker.url", "--broker",
            "functions", "--function");

    /** Stands for the id of the node in a function's address or a setting. */
    public static final String ID = "{id}";

    private static final String NO_QUEUE = "no-queue";

    public NodeLaunch {
        java = List.copyOf(java);
        flags = List.copyOf(flags);
    }

    /**
     * From the runnable jar, with what suits many small JVMs on few cores: the simple collector, a small heap, and the
     * quick compiler only, which costs peak throughput and saves the time in which the other one warms up.
     */
    public static NodeLaunch ofJar(Path jar) {
        return new NodeLaunch(withOptions(List.of("-jar", jar.toString())), List.of());
    }

    /** From classes; for tests, which run before there is a jar. */
    public static NodeLaunch ofClasses(String classPath) {
        return new NodeLaunch(withOptions(List.of("-cp", classPath, "io.p2pfaas.node.app.Main")), List.of());
    }

    /** The same nodes with the algorithms of a folder of plug-ins. */
    public NodeLaunch withPlugins(Path folder) {
        return new NodeLaunch(java, List.of("--plugins", folder.toString()));
    }

    private static List<String> withOptions(List<String> what) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms16m",
                "-Xmx128m",
                "-Xss512k",
                "-XX:-UsePerfData"));
        command.addAll(what);
        return command;
    }

    /** The whole command for one node. */
    List<String> command(ClusterShape shape, String id, int httpPort, String brokerUrl) {
        List<String> command = new ArrayList<>(java);
        command.add("node");
        command.addAll(flags);
        add(command, "--id", id);
        add(command, "--http", "127.0.0.1:" + httpPort);
        add(command, "--broker", brokerUrl);
        add(command, "--slots", Integer.toString(shape.slots()));
        add(command, "--queue", Integer.toString(shape.queue()));
        add(
                command,
                "--function",
                shape.function().name() + "=" + shape.function().spec());
        if (!shape.scheduler().isEmpty()) {
            add(command, "--scheduler", shape.scheduler());
        }
        if (shape.function().idempotent() && !shape.function().spec().startsWith("builtin:")) {
            add(command, "--idempotent", shape.function().name());
        }
        for (Setting setting : shape.settings()) {
            if (setting.key().equals(NO_QUEUE)) {
                if (Boolean.parseBoolean(setting.value())) {
                    command.add("--no-queue");
                }
            } else {
                add(
                        command,
                        FLAGS.getOrDefault(setting.key(), "--" + setting.key().replace('.', '-')),
                        setting.value());
            }
        }
        command.replaceAll(word -> word.replace(ID, id));
        return command;
    }

    private static void add(List<String> command, String flag, String value) {
        command.add(flag);
        command.add(value);
    }
}

package io.p2pfaas.load.plan;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.load.plan.Experiment.ClientSpec;
import io.p2pfaas.load.plan.Experiment.ClusterSpec;
import io.p2pfaas.load.plan.Experiment.FunctionSpec;
import io.p2pfaas.load.plan.Experiment.NetworkSpec;
import io.p2pfaas.load.plan.Experiment.RunSpec;
import io.p2pfaas.load.plan.Experiment.Via;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it is written in YAML. Reading is strict: an unknown key, a value that is not allowed, or two that
 * contradict each other are refused, all of them in one message.
 *
 * @param name of the file, for messages
 * @param text the file; if values were overruled, a file that says the same
 * @param inputs texts of the files that it names, by the name it has for them
 */
public record ExperimentFile(String name, String text, Experiment experiment, Map<String, String> inputs) {
    public ExperimentFile {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    private static final List<String> SECTIONS = List.of("cluster", "function", "network", "arrivals", "run");

    /** Reads a file that names no schedulers but those of this project. Files that it names are looked up beside it. */
    public static ExperimentFile read(Path file) throws InvalidExperiment {
        return read(file, List.of(), PolicyCatalogue.standard());
    }

    /**
     * Reads a file, some of its values overruled.
     *
     * @param overrides {@code AXIS=VALUE,...} for an axis of the grid, {@code SECTION.KEY=VALUE} for something else
     * @param catalogue the schedulers that it may name
     */
    public static ExperimentFile read(Path file, List<String> overrides, PolicyCatalogue catalogue)
            throws InvalidExperiment {
        String reason;
        try {
            Path folder = file.toAbsolutePath().getParent();
            return parse(
                    file.toString(),
                    Files.readString(file),
                    folder == null ? Path.of("") : folder,
                    overrides,
                    catalogue);
        } catch (NoSuchFileException ignored) {
            reason = "there is no such file";
        } catch (CharacterCodingException ignored) {
            reason = "it is not text in UTF-8";
        } catch (IOException unreadable) {
            reason = "cannot be read: " + unreadable;
        }
        throw new InvalidExperiment(file.toString(), List.of("file " + file + ": " + reason));
    }

    /**
     * Reads a text.
     *
     * @param name for messages, and for the experiment if it names itself not
     * @param folder where files are looked up
     */
    public static ExperimentFile parse(String name, String text, Path folder, List<String> overrides)
            throws InvalidExperiment {
        return parse(name, text, folder, overrides, PolicyCatalogue.standard());
    }

    /** Reads the text of an experiment that was run: its schedulers existed then, whatever plug-ins there are now. */
    public static ExperimentFile parseStored(String name, String text, Path folder) throws InvalidExperiment {
        return parse(name, text, folder, List.of(), null);
    }

    /**
     * The same with other schedulers.
     *
     * @param catalogue the schedulers that it may name; null: any, for what was run already
     */
    public static ExperimentFile parse(
            String name, String text, Path folder, List<String> overrides, @Nullable PolicyCatalogue catalogue)
            throws InvalidExperiment {
        Problems problems = new Problems();
        YamlValue.Keys map = YamlText.read(name, text, problems);
        if (!problems.texts().isEmpty()) {
            // What the keys mean can only be guessed if the file is broken.
            throw new InvalidExperiment(name, problems.texts());
        }
        overrides.forEach(override -> overrule(map, override, problems));
        InputFiles inputs = new InputFiles(folder);
        Experiment experiment = experiment(new Section("", map, problems), name, inputs, catalogue);
        String same = overrides.isEmpty() ? text : YamlValue.yaml(map);
        if (same.length() > YamlText.MAX_LENGTH) {
            // It is kept beside the results, and will have to be read again.
            problems.add("file " + name, "", "too long with what --set adds", "at most " + YamlText.MAX_LENGTH, "");
        }
        if (!problems.texts().isEmpty()) {
            throw new InvalidExperiment(name, problems.texts());
        }
        return new ExperimentFile(name, same, experiment, inputs.texts());
    }

    /** Every value of an experiment file by its path, such as {@code run.duration}, as written. */
    public static Map<String, String> flat(String text) {
        return YamlValue.flat(YamlText.read("experiment", text, new Problems()));
    }

    private static void overrule(YamlValue.Keys map, String override, Problems problems) {
        String place = "--set " + override;
        int equals = override.indexOf('=');
        if (equals < 1) {
            problems.add(place, "", "no = found", "AXIS=VALUE,... or SECTION.KEY=VALUE", "rho=0.5,0.6");
            return;
        }
        String key = override.substring(0, equals).strip();
        String value = override.substring(equals + 1).strip();
        String section = SECTIONS.stream()
                .filter(candidate -> key.startsWith(candidate + "."))
                .findFirst()
                .orElse("grid");
        String inner = key.startsWith(section + ".") ? key.substring(section.length() + 1) : key;
        List<YamlValue> values = new ArrayList<>();
        PointFilter.split(value).forEach(part -> values.add(new YamlValue.Scalar(place, part)));
        YamlValue written = values.size() == 1 ? values.get(0) : new YamlValue.Items(place, values);
        YamlValue.Keys target = map.entries().get(section) != null
                        && map.entries().get(section).value() instanceof YamlValue.Keys existing
                ? existing
                : new YamlValue.Keys(place, new LinkedHashMap<>());
        map.entries().putIfAbsent(section, new YamlValue.Entry(place, target));
        target.entries().put(inner, new YamlValue.Entry(place, written));
    }

    private static Experiment experiment(
            Section root, String file, InputFiles inputs, @Nullable PolicyCatalogue catalogue) {
        String name = root.value(
                "name",
                ValueKind.text("[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "1 to 100 characters of A-Z a-z 0-9 . _ -"),
                stem(file),
                "sharing-8");
        String description = root.value("description", ValueKind.anyText(), "", "what it is to show");
        Section clusterSection = root.section("cluster", "cluster: {launch: 8, slots: 4, queue: 0}");
        ClusterSpec cluster = ClusterSection.read(clusterSection);
        FunctionSpec function = FunctionSection.read(root.section("function", "function: {name: sleep}"), inputs);
        NetworkSpec network = network(root.section("network", "network: {delay: 2ms}"));
        List<ClientSpec> clients = LoadSections.clients(root);
        RunSpec run = RunSection.read(root.section("run", "run: {duration: 60s}"));
        Section gridSection = root.section("grid", "grid: {scheduler: [BrokerMatch], rho: [0.9]}");
        Grid grid = GridSection.read(gridSection, catalogue);
        List<Integer> nodes = nodes(grid, cluster);
        if (gridSection.has(Grid.NODES) && !cluster.addresses().isEmpty()) {
            gridSection.problem(Grid.NODES, "nodes at given addresses have their number", "launch in cluster", "");
        }
        for (int count : nodes) {
            ClusterSection.checkFactors(clusterSection, "rates", cluster.rates(), count);
            ClusterSection.checkFactors(clusterSection, "speeds", cluster.speeds(), count);
        }
        if (cluster.broker().isEmpty() && clients.stream().anyMatch(client -> client.via() != Via.HTTP)) {
            clusterSection.problem(
                    "",
                    "MQTT clients need the broker of the nodes",
                    "mqtt://host:port",
                    "broker: mqtt://127.0.0.1:1883");
        }
        int most = nodes.stream().mapToInt(Integer::intValue).max().orElse(1);
        int least = nodes.stream().mapToInt(Integer::intValue).min().orElse(1);
        Duration length = run.warmup().plus(run.duration());
        Experiment experiment = new Experiment(
                name,
                description,
                cluster,
                function,
                network,
                LoadSections.payloads(root),
                clients,
                ArrivalsSection.read(root.section("arrivals", "arrivals: {law: poisson}"), inputs, most, length),
                grid,
                run,
                RunSection.faults(root, run, least),
                RunSection.gates(root, grid));
        root.end();
        return experiment;
    }

    private static List<Integer> nodes(Grid grid, ClusterSpec cluster) {
        return grid.axes().stream()
                .filter(axis -> axis.name().equals(Grid.NODES))
                .findFirst()
                .map(axis -> axis.values().stream().map(Integer::valueOf).toList())
                .orElse(List.of(cluster.launch()));
    }

    private static NetworkSpec network(Section section) {
        NetworkSpec network = new NetworkSpec(
                section.value("delay", ValueKind.duration("0ms", "1m"), Duration.ZERO, "2ms"),
                section.value("jitter", ValueKind.duration("0ms", "1m"), Duration.ZERO, "1ms"),
                section.value("loss", ValueKind.number(0, 1), 0.0, "0.01"),
                section.value("sample-loss", ValueKind.number(0, 1), 0.0, "0.1"));
        section.end();
        return network;
    }

    private static String stem(String file) {
        Path last = Path.of(file).getFileName();
        String stem = last == null ? "experiment" : last.toString().replaceFirst("\\.[^.]*$", "");
        return stem.isEmpty() ? "experiment" : stem;
    }
}

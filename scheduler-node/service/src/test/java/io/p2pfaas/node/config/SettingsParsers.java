package io.p2pfaas.node.config;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.plugin.Plugins;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings file, and the environment written as lines {@code NAME=value}. */
public final class SettingsParsers {
    private static final int MAX_TEXT = 256 * 1024;
    /** Stands for a password in the seeds. */
    private static final String SECRET = "hunter2hunter2";
    /** Where it is not one, messages may quote it. */
    private static final Pattern ELSEWHERE = Pattern.compile("(?<!password: |PASSWORD=|password\": \")" + SECRET);

    private SettingsParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                Parser.of("file", MAX_TEXT, SettingsParsers::file),
                Parser.ofText("environment", MAX_TEXT, SettingsParsers::environment));
    }

    private static void file(byte[] input) {
        GivenValues given = new GivenValues();
        List<Problem> problems = new ArrayList<>();
        SettingsFile.read(Path.of("node.yaml"), input, given, problems);
        build(new String(input, StandardCharsets.UTF_8), given, problems);
    }

    private static void environment(String text) {
        Map<String, String> environment = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            environment.put(
                    equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        }
        GivenValues given = new GivenValues();
        List<Problem> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        EnvironmentSettings.read(environment, given, problems, warnings);
        build(text, given, problems);
    }

    private static void build(String text, GivenValues given, List<Problem> problems) {
        GivenReader reader = new GivenReader(given, problems);
        SettingsTable.all().forEach(setting -> reader.read(setting, given.merged(setting)));
        boolean namesFiles = SettingsTable.all().stream()
                .anyMatch(setting ->
                        setting.key().endsWith("-file") && given.first(setting).isPresent());
        // What a named file holds is not the settings file's fault.
        if (!namesFiles && problems.isEmpty()) {
            new SettingsBuilder(given, problems, new NodeId("n1"), Optional.empty(), Plugins.none()).build();
        }
        String told = new LoadResult.Refused(problems, List.of()).message();
        boolean isSecret = text.contains(SECRET) && !ELSEWHERE.matcher(text).find();
        require(!isSecret || !told.contains(SECRET), "a message tells the password");
    }
}

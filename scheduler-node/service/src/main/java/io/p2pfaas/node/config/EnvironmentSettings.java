package io.p2pfaas.node.config;

import io.p2pfaas.node.call.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the environment. Unknown variables are only warned about: unlike a file, the environment is also filled by
 * others (Kubernetes, an image for several programs). An empty variable counts as not set, since compose files cannot
 * leave one out.
 */
final class EnvironmentSettings {
    private static final String PREFIX = "P2PFAAS_";
    private static final String OPENFAAS_PREFIX = "P2PFAAS_OPENFAAS_";

    /** Variables of the original P2PFaaS that mean nothing here, and what to do instead. */
    private static final Map<String, String> FORMER = Map.ofEntries(
            Map.entry("P2PFAAS_DEV_ENV", "there is no development mode any more"),
            Map.entry("P2PFAAS_LOG_ENV", "logging is set with -Djava.util.logging.config.file=FILE"),
            Map.entry(
                    "P2PFAAS_SERVICE_DISCOVERY_HOST",
                    "nodes find each other through the broker, set P2PFAAS_BROKER_URL"),
            Map.entry(
                    "P2PFAAS_SERVICE_DISCOVERY_PORT",
                    "nodes find each other through the broker, set P2PFAAS_BROKER_URL; for scripts that ask the"
                            + " discovery service set P2PFAAS_DISCOVERY_PORT"),
            Map.entry("P2PFAAS_SERVICE_LEARNING_HOST", "the learner is in the node, set P2PFAAS_SCHEDULER"),
            Map.entry(
                    "P2PFAAS_SERVICE_LEARNING_PORT",
                    "the learner is in the node; for clients that train it set P2PFAAS_LEARNER_PORT"),
            Map.entry("P2PFAAS_FNS_LIST", "functions are set with P2PFAAS_FUNCTIONS"),
            Map.entry("P2PFAAS_PROF", "profiles are taken with the tools of the JDK, for example jcmd PID JFR.start"),
            Map.entry("P2PFAAS_LISTENING_HOST", "the node listens where P2PFAAS_HTTP says"),
            Map.entry("P2PFAAS_LISTENING_PORT", "set P2PFAAS_DISCOVERY_PORT for the discovery service's port"),
            Map.entry(
                    "P2PFAAS_POLL_TIME",
                    "nodes are not polled, they say themselves how they are: P2PFAAS_CALL_HEARTBEAT"),
            Map.entry(
                    "P2PFAAS_POLL_TIMEOUT",
                    "nodes are not polled, they say themselves how they are: P2PFAAS_CALL_HEARTBEAT"),
            Map.entry(
                    "P2PFAAS_MACHINE_DEAD_POLLS_THRESHOLD",
                    "a node is gone when the broker misses it: P2PFAAS_BROKER_KEEP_ALIVE"),
            Map.entry("P2PFAAS_DEFAULT_IFACE", "the node's address is what P2PFAAS_HTTP says"),
            Map.entry("P2PFAAS_INIT_SERVERS", "nodes find each other through the broker, set P2PFAAS_BROKER_URL"),
            Map.entry("P2PFAAS_RUNNING_ENVIRONMENT", "there is no development mode any more"),
            Map.entry("P2PFAAS_DIR_DATA", "the data folder is set with P2PFAAS_DATA"));

    private EnvironmentSettings() {}

    static void read(
            Map<String, String> environment, GivenValues given, List<Problem> problems, List<String> warnings) {
        Set<String> known = new LinkedHashSet<>();
        known.add(SettingsLoader.FILE_VARIABLE);
        for (Setting<?> setting : SettingsTable.all()) {
            known.addAll(setting.variables());
            read(setting, environment, given, problems);
        }
        // Sorted, because the order of an environment is nobody's choice.
        for (String variable : new TreeMap<>(environment).keySet()) {
            if (variable.startsWith(PREFIX) && !known.contains(variable)) {
                warnings.add(warning(variable, List.copyOf(known)));
            }
        }
    }

    private static void read(
            Setting<?> setting, Map<String, String> environment, GivenValues given, List<Problem> problems) {
        List<String> found = new ArrayList<>();
        for (String variable : setting.variables()) {
            if (!environment.getOrDefault(variable, "").isEmpty()) {
                found.add(variable);
            }
        }
        if (found.size() > 1) {
            problems.add(new Problem(
                    setting.key(), "environment", "given by both " + String.join(" and ", found), "one of them", ""));
            return;
        }
        for (String variable : found) {
            String where = "environment " + variable;
            for (String text : split(setting, environment.getOrDefault(variable, ""))) {
                given.add(setting, new Given(text, Source.ENVIRONMENT, where));
            }
        }
    }

    /** Several values are separated by commas, or by line ends if a value has a comma in it. */
    private static List<String> split(Setting<?> setting, String text) {
        if (setting.shape() == Setting.Shape.SINGLE || setting.shape() == Setting.Shape.SWITCH) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.split(text.indexOf('\n') >= 0 ? "\n" : ",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    private static String warning(String variable, List<String> known) {
        if (variable.startsWith(OPENFAAS_PREFIX)) {
            return variable + " is ignored: the node runs functions itself, set P2PFAAS_FUNCTIONS";
        }
        String instead = FORMER.get(variable);
        if (instead != null) {
            return variable + " is ignored: " + instead;
        }
        Optional<String> meant = Suggestion.closest(variable, known);
        return variable + " is ignored: no setting has this variable"
                + meant.map(word -> "; did you mean " + word + "?").orElse("");
    }
}

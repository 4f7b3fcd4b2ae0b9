package io.p2pfaas.plugin;

import io.p2pfaas.core.policy.Parameters;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.plugin.PluginJar.Named;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scheduling algorithms of this project and of a folder of plug-ins.
 *
 * @param catalogue all of them by name
 * @param loaded the plug-ins' names, each with its jar
 * @param problems a sentence for each jar or algorithm that cannot be used; the others can
 */
public record Plugins(PolicyCatalogue catalogue, List<String> loaded, List<String> problems) {
    /** The folder's name where nobody says another one. */
    public static final String FOLDER = "plugins";

    private static final Plugins NONE = new Plugins(PolicyCatalogue.standard(), List.of(), List.of());

    public Plugins {
        loaded = List.copyOf(loaded);
        problems = List.copyOf(problems);
    }

    /** Who will ask the policies. */
    public enum Use {
        /** A node that callers wait for: a policy has a thread of its own and little time. */
        LIVE,
        /** A simulation: a policy has all the time it wants, and its faults are counted as in a node. */
        SIMULATED;

        private SchedulingPolicy guard(ProvidedPolicy policy) {
            return this == LIVE ? new GuardedPolicy(policy) : policy;
        }
    }

    /** This project's algorithms alone. */
    public static Plugins none() {
        return NONE;
    }

    /**
     * Loads the jars of a folder, in the order of their names. Runs code of the plug-ins; what is wrong with one of them
     * is a problem and no exception, whatever it is.
     *
     * @param folder need not exist
     */
    public static Plugins load(Path folder, Use use) {
        List<String> problems = new ArrayList<>();
        Map<String, List<Named>> byName = new LinkedHashMap<>();
        for (Path jar : jars(folder, problems)) {
            try {
                for (Named named : PluginJar.load(jar)) {
                    byName.computeIfAbsent(named.name(), name -> new ArrayList<>(1))
                            .add(named);
                }
            } catch (PluginJar.Unusable unusable) {
                problems.add("plug-in " + jar + " is not used: " + unusable.getMessage());
            }
        }
        return byName.isEmpty() && problems.isEmpty() ? NONE : of(byName, problems, use);
    }

    private static Plugins of(Map<String, List<Named>> byName, List<String> problems, Use use) {
        PolicyCatalogue catalogue = PolicyCatalogue.standard();
        List<String> own = catalogue.names();
        List<String> loaded = new ArrayList<>();
        for (Map.Entry<String, List<Named>> entry : byName.entrySet()) {
            String name = entry.getKey();
            List<Named> all = entry.getValue();
            String jars = String.join(" and ", all.stream().map(Named::jar).toList());
            if (own.contains(name)) {
                problems.add("plug-in " + jars + " has an algorithm '" + name
                        + "', which is the name of one of this project's (built in): the plug-in's is not used");
            } else if (all.size() > 1) {
                String clash = "plug-ins " + jars + " both have an algorithm '" + name + "': none of them is used";
                problems.add(clash);
                catalogue = catalogue.with(name, parameters -> {
                    throw new IllegalArgumentException(clash);
                });
            } else {
                Named only = all.get(0);
                catalogue = catalogue.with(name, parameters -> create(only, parameters, use));
                loaded.add(name + " of " + only.jar());
            }
        }
        return new Plugins(catalogue, loaded, problems);
    }

    private static SchedulingPolicy create(Named named, Parameters parameters, Use use) {
        return use.guard(named.create(parameters));
    }

    private static List<Path> jars(Path folder, List<String> problems) {
        List<Path> jars = new ArrayList<>();
        if (!Files.exists(folder)) {
            return jars;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            files.forEach(jars::add);
        } catch (IOException | RuntimeException unreadable) {
            problems.add("the folder of plug-ins " + folder + " cannot be read: " + unreadable);
        }
        jars.sort(null);
        return jars;
    }
}

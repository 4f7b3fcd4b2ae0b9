package io.p2pfaas.load.cli;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.plugin.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The schedulers of this project and of a folder of plug-ins, on a command line. */
final class PluginFolder {
    @Option(
            names = "--plugins",
            defaultValue = Plugins.FOLDER,
            paramLabel = "DIR",
            description =
                    "Folder of jars with further schedulers, for simulated and launched nodes (${DEFAULT-VALUE}).")
    private Path folder = Path.of(Plugins.FOLDER);

    private @Nullable Plugins plugins;

    /** All schedulers that can be named; says on standard error which jars cannot be used. */
    PolicyCatalogue catalogue(CommandSpec spec) {
        Plugins loaded = plugins;
        if (loaded == null) {
            loaded = Plugins.load(folder, Plugins.Use.SIMULATED);
            plugins = loaded;
            loaded.problems().forEach(problem -> spec.commandLine().getErr().println("warning: " + problem));
        }
        return loaded.catalogue();
    }

    /** The folder, if it is there, for nodes that may be started in another one. */
    Optional<Path> existing() {
        return Files.isDirectory(folder) ? Optional.of(folder.toAbsolutePath()) : Optional.empty();
    }
}

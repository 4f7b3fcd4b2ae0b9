package io.p2pfaas.node.config;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.tls.TlsFileException;
import io.p2pfaas.node.tls.TlsMaterial;
import io.p2pfaas.plugin.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads the settings, strictly and all at once: a file is overruled by the environment, the environment by flags, and
 * all of them by what was set at run time and kept in the data folder.
 * Functions of all sources are taken together; other lists are replaced as a whole. To be called once, at start, from
 * any thread; reads the settings file, the password file, the files for TLS, the kept files and the plug-ins, nothing else.
 */
public final class SettingsLoader {
    /** The environment variable that names the settings file if no flag does. */
    public static final String FILE_VARIABLE = "P2PFAAS_CONFIG";

    private SettingsLoader() {}

    /**
     * Loads the settings.
     *
     * @param file the settings file; absent = what {@link #FILE_VARIABLE} names, if anything
     * @param environment all variables; those of others are passed over
     * @param flags values by {@link Setting#key()}, in the order given; a {@link Setting.Shape#SWITCH} has {@code true}
     * @throws IllegalArgumentException if a key of {@code flags} is not in the table, which is our own mistake
     */
    public static LoadResult load(
            Optional<Path> file, Map<String, String> environment, Map<String, List<String>> flags) {
        GivenValues given = new GivenValues();
        List<Problem> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        String named = environment.getOrDefault(FILE_VARIABLE, "");
        if (file.isPresent()) {
            SettingsFile.read(file.get(), given, problems);
        } else if (!named.isEmpty()) {
            SettingsFile.read(Path.of(named), given, problems);
        }
        EnvironmentSettings.read(environment, given, problems, warnings);
        addFlags(flags, given);
        Optional<KeptSettings> kept = kept(given, problems);
        Plugins plugins = plugins(given, warnings);
        kept.ifPresent(files -> files.addTo(given, plugins.catalogue()));
        kept.ifPresent(files -> files.addShadowTo(given, plugins.catalogue()));

        NodeId defaultId = HostName.toNodeId(HostName.read(environment));
        NodeSettings settings = new SettingsBuilder(given, problems, defaultId, kept, plugins).build();
        if (!problems.isEmpty()) {
            return new LoadResult.Refused(problems, warnings);
        }
        if (!settings.broker().tls().verifyHost()) {
            warnings.add(
                    "broker.tls.verify-host is false: whoever has any certificate of the CA can pose as the broker");
        }
        strangeName(settings).ifPresent(warnings::add);
        return new LoadResult.Loaded(settings, effective(settings, given), warnings);
    }

    /** A node with another's certificate would take the other's connection over, again and again. */
    private static Optional<String> strangeName(NodeSettings settings) {
        try {
            Optional<Path> certificate = settings.broker().tls().files().certificate();
            String name = certificate.isPresent()
                    ? TlsMaterial.commonName(certificate.get()).orElse("")
                    : "";
            return name.isEmpty() || name.equals(settings.id().value())
                    ? Optional.empty()
                    : Optional.of("broker.tls.cert-file is the certificate of '" + name + "', but the id is "
                            + settings.id() + ": a broker that goes by certificates, as with site.conf, takes this node"
                            + " for that one");
        } catch (TlsFileException ignored) {
            // What is wrong with the file was reported when it was read as a setting.
            return Optional.empty();
        }
    }

    /** A data folder whose name makes no sense is reported where it is read as a setting. */
    private static Optional<KeptSettings> kept(GivenValues given, List<Problem> problems) {
        try {
            return given.first(SettingsTable.DATA)
                    .map(folder -> new KeptSettings(new DataFolder(SettingsTable.DATA.parse(folder.text())), problems));
        } catch (IllegalArgumentException ignored) {
            return Optional.empty();
        }
    }

    /**
     * Loaded before anything is read as a value, whatever the order in which it was given: the names of algorithms
     * depend on it. A folder whose name makes no sense is reported where it is read as a setting.
     */
    private static Plugins plugins(GivenValues given, List<String> warnings) {
        Optional<Given> named = given.first(SettingsTable.PLUGINS);
        Optional<Given> data = given.first(SettingsTable.DATA);
        Path folder;
        try {
            folder = named.isPresent()
                    ? SettingsTable.PLUGINS.parse(named.get().text())
                    : data.isPresent()
                            ? SettingsTable.DATA.parse(data.get().text()).resolve(Plugins.FOLDER)
                            : Path.of(Plugins.FOLDER);
        } catch (IllegalArgumentException ignored) {
            return Plugins.none();
        }
        if (named.isPresent() && !Files.isDirectory(folder)) {
            warnings.add("plugins (" + named.get().where() + "): there is no folder " + folder);
        }
        Plugins plugins = Plugins.load(folder, Plugins.Use.LIVE);
        warnings.addAll(plugins.problems());
        return plugins;
    }

    private static void addFlags(Map<String, List<String>> flags, GivenValues given) {
        Map<String, Setting<?>> byKey = new HashMap<>();
        for (Setting<?> setting : SettingsTable.all()) {
            byKey.put(setting.key(), setting);
        }
        for (Map.Entry<String, List<String>> flag : flags.entrySet()) {
            Setting<?> setting = byKey.get(flag.getKey());
            if (setting == null) {
                throw new IllegalArgumentException("no setting has the key " + flag.getKey());
            }
            for (String value : flag.getValue()) {
                given.add(setting, new Given(value, Source.FLAG, "flag " + setting.flag()));
            }
        }
    }

    private static EffectiveSettings effective(NodeSettings settings, GivenValues given) {
        List<EffectiveSettings.Line> lines = new ArrayList<>();
        for (Setting<?> setting : SettingsTable.all()) {
            if (setting == SettingsTable.FUNCTIONS && !settings.functions().isEmpty()) {
                addFunctions(settings, given, lines);
                continue;
            }
            boolean ofAllSources = setting == SettingsTable.IDEMPOTENT;
            List<Given> texts = ofAllSources ? given.merged(setting) : given.strongest(setting);
            if (texts.isEmpty()) {
                String value = setting == SettingsTable.ID ? settings.id().value() : setting.defaultText();
                lines.add(new EffectiveSettings.Line(setting.key(), value, Source.DEFAULT.toString()));
            } else {
                Set<String> values = new LinkedHashSet<>();
                Set<String> origins = new LinkedHashSet<>();
                for (Given text : texts) {
                    values.add(setting.shown(text.text()));
                    origins.add(text.origin());
                }
                lines.add(new EffectiveSettings.Line(
                        setting.key(), String.join(", ", values), String.join(" and ", origins)));
            }
        }
        return new EffectiveSettings(lines);
    }

    private static void addFunctions(NodeSettings settings, GivenValues given, List<EffectiveSettings.Line> lines) {
        for (FunctionSetting function : settings.functions()) {
            Source origin = Source.DEFAULT;
            for (Given text : given.merged(SettingsTable.FUNCTIONS)) {
                // The last one is the strongest source's.
                origin = text.text().startsWith(function.name() + "=") ? text.source() : origin;
            }
            String key = SettingsTable.FUNCTIONS.key() + "." + function.name();
            lines.add(
                    new EffectiveSettings.Line(key, SettingsTable.FUNCTIONS.shown(function.spec()), origin.toString()));
        }
    }
}

package io.p2pfaas.plugin;

import io.p2pfaas.core.policy.PolicyProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes plug-ins of sources, as their authors would: compiled against scheduler-core, packed into a jar. */
public final class PluginJars {
    private static final String SERVICE = "META-INF/services/" + PolicyProvider.class.getName();
    private static final Path EXAMPLE = Path.of("docs", "examples", "policy-plugin");

    private PluginJars() {}

    /** The example of the documentation, compiled from its sources. */
    public static Path example(Path folder) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve(EXAMPLE))) {
            root = root.getParent();
            if (root == null) {
                throw new IOException("no folder above this one has " + EXAMPLE);
            }
        }
        Path main = root.resolve(EXAMPLE).resolve("src").resolve("main");
        String provider =
                Files.readString(main.resolve("resources").resolve(SERVICE)).trim();
        String source = Files.readString(main.resolve("java").resolve(provider.replace('.', '/') + ".java"));
        return jar(folder, "sticky-peer.jar", provider, source);
    }

    /** A jar with one class {@code plugged.CLASS}, which is provider and policy of its own name. */
    public static Path policy(Path folder, String file, String name, String decide) throws IOException {
        return policy(folder, file, name, decide, "return \"" + name + "\";");
    }

    /**
     * The same, for what is wrong elsewhere.
     *
     * @param decide the body of {@code decide(call, cluster, random)}
     * @param describe the body of {@code describe()}
     */
    public static Path policy(Path folder, String file, String name, String decide, String describe)
            throws IOException {
        String source = """
                package plugged;
                import io.p2pfaas.core.model.*;
                import io.p2pfaas.core.policy.*;
                import java.util.*;
                import java.util.random.RandomGenerator;
                public class NAME implements PolicyProvider, SchedulingPolicy {
                    public String name() { return "NAME"; }
                    public SchedulingPolicy create(Parameters parameters) { return new NAME(); }
                    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) { DECIDE }
                    public String describe() { DESCRIBE }
                }
                """.replace("NAME", name).replace("DECIDE", decide).replace("DESCRIBE", describe);
        return jar(folder, file, "plugged." + name, source);
    }

    /** A jar of one source, which names {@code provider}. */
    public static Path jar(Path folder, String file, String provider, String source) throws IOException {
        Path work = Files.createTempDirectory("plugin");
        String simple = provider.substring(provider.lastIndexOf('.') + 1);
        Path sources = Files.writeString(work.resolve(simple + ".java"), source);
        Path classes = Files.createDirectory(work.resolve("classes"));
        compile(sources, classes);
        Files.createDirectories(folder);
        Path jar = folder.resolve(file);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path compiled : classesIn(classes)) {
                add(entries, classes.relativize(compiled).toString().replace('\\', '/'), Files.readAllBytes(compiled));
            }
            add(entries, SERVICE, provider.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static List<Path> classesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private static void add(JarOutputStream entries, String name, byte[] bytes) throws IOException {
        entries.putNextEntry(new JarEntry(name));
        entries.write(bytes);
        entries.closeEntry();
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("--release", "17", "-proc:none", "-cp", core(), "-d", classes.toString());
            boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new IOException("does not compile: " + said);
            }
        }
    }

    private static String core() throws IOException {
        try {
            return Path.of(PolicyProvider.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
    }
}

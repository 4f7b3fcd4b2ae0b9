package io.p2pfaas.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.plugin.Plugins.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a folder of jars adds to the catalogue, and what it cannot break. */
final class PluginsTest {
    private static final String HERE = "return new Decision.RunHere(true);";

    @TempDir
    Path folder;

    private Plugins load() {
        return Plugins.load(folder, Use.LIVE);
    }

    private static SchedulingPolicy create(Plugins plugins, String text) {
        return plugins.catalogue().create(PolicySpec.parse(text));
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void the_example_is_an_algorithm_like_the_others(Use use) throws IOException {
        PluginJars.example(folder);

        Plugins plugins = Plugins.load(folder, use);

        assertThat(plugins.problems()).isEmpty();
        assertThat(plugins.loaded()).containsExactly("StickyPeer of sticky-peer.jar");
        assertThat(plugins.catalogue().names())
                .containsAll(PolicyCatalogue.standard().names())
                .endsWith("StickyPeer");
        SchedulingPolicy policy = create(plugins, "StickyPeer(3)");
        assertThat(policy.describe()).isEqualTo("StickyPeer(3)");
        assertThat(policy.decide(new Views.OfCall(), new Views.OfCluster(), new SplittableRandom(1)))
                .isEqualTo(new Decision.Forward(Views.PEER));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(plugins, "StickyPeer(9)"))
                .withMessageContaining("attempts")
                .withMessageContaining("1 to 8");
    }

    @Test
    void a_folder_that_is_not_there_or_has_no_jars_adds_nothing() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "nothing");

        assertThat(load()).satisfies(plugins -> {
            assertThat(plugins.problems()).isEmpty();
            assertThat(plugins.catalogue().names())
                    .isEqualTo(PolicyCatalogue.standard().names());
        });
        assertThat(Plugins.load(folder.resolve("no"), Use.LIVE).problems()).isEmpty();
    }

    @Test
    void a_jar_that_is_none_is_named_and_the_others_are_used() throws IOException {
        Files.writeString(folder.resolve("broken.jar"), "this is no archive");
        PluginJars.policy(folder, "sound.jar", "Sound", HERE);

        Plugins plugins = load();

        assertThat(plugins.problems()).singleElement().asString().contains("broken.jar");
        assertThat(plugins.catalogue().names()).contains("Sound");
    }

    @Test
    void a_jar_without_providers_is_named() throws IOException {
        Path jar = PluginJars.policy(folder, "empty.jar", "Empty", HERE);
        Files.delete(jar);
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new java.util.jar.JarEntry("readme.txt"));
        }

        assertThat(load().problems())
                .singleElement()
                .asString()
                .contains("empty.jar", "META-INF/services/io.p2pfaas.core.policy.PolicyProvider");
    }

    @Test
    void a_provider_that_is_not_in_the_jar_or_was_compiled_for_another_java_is_named() throws IOException {
        PluginJars.jar(folder, "missing.jar", "plugged.Other", "package plugged; class Missing {}");
        Path future = PluginJars.policy(folder, "future.jar", "Future", HERE);
        ofFutureJava(future);

        assertThat(load().problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("missing.jar", "plugged.Other"),
                        problem -> assertThat(problem).contains("future.jar", "UnsupportedClassVersionError"));
    }

    private static void ofFutureJava(Path jar) throws IOException {
        try (var files = java.nio.file.FileSystems.newFileSystem(jar)) {
            Path compiled = files.getPath("plugged", "Future.class");
            byte[] bytes = Files.readAllBytes(compiled);
            bytes[7] = (byte) 200;
            Files.write(compiled, bytes);
        }
    }

    @Test
    void a_provider_that_throws_or_has_no_sound_name_is_named() throws IOException {
        String provider = """
                package plugged;
                import io.p2pfaas.core.policy.*;
                public class NAME implements PolicyProvider {
                    public NAME() { CONSTRUCT }
                    public String name() { return RESULT; }
                    public SchedulingPolicy create(Parameters parameters) { return null; }
                }
                """;
        PluginJars.jar(
                folder,
                "throws.jar",
                "plugged.Throws",
                provider.replace("NAME", "Throws")
                        .replace("CONSTRUCT", "if (true) throw new AssertionError(\"on purpose\");")
                        .replace("RESULT", "\"Throws\""));
        PluginJars.jar(
                folder,
                "odd.jar",
                "plugged.Odd",
                provider.replace("NAME", "Odd").replace("CONSTRUCT", "").replace("RESULT", "\"Odd\\nName\""));
        PluginJars.jar(
                folder,
                "null.jar",
                "plugged.Null",
                provider.replace("NAME", "Null").replace("CONSTRUCT", "").replace("RESULT", "null"));

        assertThat(load().problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("throws.jar", "plugged.Throws"),
                        problem -> assertThat(problem).contains("odd.jar", "allowed is a letter"),
                        problem -> assertThat(problem).contains("null.jar", "allowed is a letter"));
    }

    @Test
    void the_name_of_a_built_in_algorithm_stays_with_it() throws IOException {
        PluginJars.policy(folder, "usurper.jar", "NoScheduler", HERE);

        Plugins plugins = load();

        assertThat(plugins.problems()).singleElement().asString().contains("usurper.jar", "NoScheduler", "built in");
        assertThat(create(plugins, "NoScheduler")).isInstanceOf(io.p2pfaas.core.policy.NoScheduler.class);
    }

    @Test
    void of_two_plugins_with_one_name_none_is_used_and_both_jars_are_named() throws IOException {
        PluginJars.policy(folder, "one.jar", "Twin", HERE);
        PluginJars.policy(folder, "two.jar", "Twin", HERE);

        Plugins plugins = load();

        assertThat(plugins.problems()).singleElement().asString().contains("one.jar and two.jar", "Twin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(plugins, "Twin"))
                .withMessageContaining("one.jar and two.jar");
    }

    @Test
    void a_policy_that_cannot_say_what_it_is_is_refused_when_it_is_wanted() throws IOException {
        PluginJars.policy(folder, "a.jar", "Throws", HERE, "throw new StackOverflowError();");
        PluginJars.policy(folder, "b.jar", "Null", HERE, "return null;");
        PluginJars.policy(folder, "c.jar", "Header", HERE, "return \"Header\\r\\nSet-Cookie: x\";");

        Plugins plugins = load();

        assertThat(plugins.problems()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(plugins, "Throws"))
                .withMessageContaining("StackOverflowError")
                .withMessageContaining("a.jar");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(plugins, "Null"))
                .withMessageContaining("does not say what it is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(plugins, "Header"))
                .withMessageContaining("visible ASCII");
    }
}

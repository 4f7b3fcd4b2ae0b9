package io.p2pfaas.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT extends BrokerContract {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(0);
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Override
    int port() {
        return broker.port();
    }

    @Test
    void a_taken_port_is_named_in_the_failure() {
        assertThatIllegalStateException()
                .isThrownBy(() -> EmbeddedBroker.start(broker.port()))
                .withMessageContaining("127.0.0.1:" + broker.port());
    }

    @Test
    void starting_leaves_the_handler_of_uncaught_exceptions_alone() {
        Thread.UncaughtExceptionHandler ours = (thread, failure) -> {};
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(ours);
        try (var another = EmbeddedBroker.start(0)) {
            assertThat(another.port()).isNotEqualTo(broker.port());
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(ours);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void a_whole_life_prints_nothing_and_leaves_no_file(@TempDir Path folder) throws Exception {
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        var said = folder.resolve("said.txt");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(
                        List.of(java, "-Djava.io.tmpdir=" + temporary),
                        quietOnNewerJdks(),
                        List.of("-cp", System.getProperty("java.class.path"), WholeLife.class.getName()))
                .flatMap(List::stream)
                .toList();
        var jvm = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(jvm.waitFor()).isZero();
        assertThat(Files.readString(said, StandardCharsets.UTF_8)).isEmpty();
        assertThat(namesIn(temporary)).noneMatch(name -> name.startsWith("p2pfaas"));
        assertThat(namesIn(folder)).containsExactlyInAnyOrder("tmp", "said.txt");
    }

    /** From 24 on, the JVM itself warns about what JNA and JCTools do. */
    private static List<String> quietOnNewerJdks() {
        return Runtime.version().feature() < 24
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "-Dsun.misc.unsafe.memory.access=allow");
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }

    /** Run in a JVM of its own, because only there all of the console is ours. */
    static final class WholeLife {
        public static void main(String[] args) {
            EmbeddedBroker.start(0).close();
        }
    }
}

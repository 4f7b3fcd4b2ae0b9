package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pfaas.node.runtime.docker.Engine.Watcher;
import io.p2pfaas.node.runtime.docker.EngineException.Kind;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.TestImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that ends, hangs and comes again under a running node. */
@Timeout(60)
final class EngineLossIT {
    @TempDir
    Path folder;

    private EngineRelay relay;
    private DockerEngine engine;

    @BeforeEach
    void connect() throws Exception {
        TestImages.requireOrSkip();
        String address = TestImages.engineAddress();
        Assumptions.assumeTrue(address.startsWith("unix://"), "the engine is not on a unix socket");
        relay = new EngineRelay(folder.resolve("engine.sock"), Path.of(address.substring("unix://".length())));
        engine = new DockerEngine(relay.address(), false);
        assertThat(engine.isThere()).isTrue();
    }

    @AfterEach
    void disconnect() throws Exception {
        if (engine != null) {
            engine.close();
            relay.close();
        }
    }

    private static EngineException unreachable(DockerEngine engine) {
        EngineException failure =
                catchThrowableOfType(EngineException.class, () -> engine.list("io.p2pfaas.test.loss", "none"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        return failure;
    }

    @Test
    void a_watcher_hears_at_once_that_the_engine_ended() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        try (var watch = engine.watch("io.p2pfaas.test.loss", "none", watcher(lost))) {
            assertThat(watch).isNotNull();
            relay.end();

            assertThat(lost.await(2, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "the engine ends and comes again", promise = "the node knows both")
    @Test
    void an_engine_that_ended_is_not_there_until_it_comes_again() throws Exception {
        relay.end();
        assertThat(engine.isThere()).isFalse();
        assertThat(unreachable(engine))
                .hasMessageStartingWith("cannot list containers: the container engine cannot be reached");
        relay.startAgain();

        assertThat(engine.isThere()).isTrue();
        assertThat(engine.list("io.p2pfaas.test.loss", "none")).isEmpty();
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "the engine hangs", promise = "it counts as gone")
    @Test
    void an_engine_that_hangs_is_not_there() {
        relay.freeze();
        long begun = System.nanoTime();

        assertThat(engine.isThere()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        EngineException late = catchThrowableOfType(EngineException.class, () -> engine.inspect("any"));
        assertThat(late.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(late).hasMessageContaining("did not answer within 10 s");
    }

    @Test
    void where_there_is_no_engine_the_reason_is_said() {
        try (var nowhere = new DockerEngine("unix://" + folder.resolve("nobody.sock"), false)) {
            assertThat(nowhere.isThere()).isFalse();
            assertThat(unreachable(nowhere)).hasMessageContaining("No such file or directory");
        }
        try (var nowhere = new DockerEngine("tcp://127.0.0.1:9", false)) {
            assertThat(nowhere.isThere()).isFalse();
            assertThat(unreachable(nowhere)).hasMessageContaining("refused");
        }
    }

    @Test
    void an_image_that_cannot_be_fetched_is_told_with_the_reason() {
        try (var pulling = new DockerEngine(relay.address(), true)) {
            EngineException failure = catchThrowableOfType(
                    EngineException.class, () -> pulling.requireImage("127.0.0.1:9/p2pfaas/none:1", line -> {}));

            assertThat(failure.kind()).isEqualTo(Kind.ABSENT);
            assertThat(failure)
                    .hasMessageStartingWith("image 127.0.0.1:9/p2pfaas/none:1 is not here and cannot be fetched: ")
                    .hasMessageContaining("connection refused");
        }
    }

    private static Watcher watcher(CountDownLatch lost) {
        return new Watcher() {
            @Override
            public void died(String id, int exitCode) {}

            @Override
            public void outOfMemory(String id) {}

            @Override
            public void lost() {
                lost.countDown();
            }
        };
    }
}

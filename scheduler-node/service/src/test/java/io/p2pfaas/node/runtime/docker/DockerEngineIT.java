package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pfaas.node.testing.TestImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real engine keeps the contract. */
final class DockerEngineIT extends EngineContract {
    private static Engine engine;

    @BeforeAll
    static void connect() {
        TestImages.requireOrSkip();
        engine = new DockerEngine(TestImages.engineAddress(), false);
    }

    @AfterAll
    static void disconnect() {
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    Engine engine() {
        return engine;
    }

    @Override
    String runningImage() {
        return TestImages.WEB;
    }

    @Override
    String endingImage() {
        return TestImages.QUITTER;
    }

    @Test
    void an_image_can_be_named_by_its_id_and_not_by_a_digest_of_another() throws EngineException {
        String id = engine.requireImage(TestImages.WEB, line -> {});

        assertThat(engine.requireImage(id, line -> {})).isEqualTo(id);
        String another = TestImages.WEB + "@sha256:" + "0".repeat(64);
        EngineException refused =
                catchThrowableOfType(EngineException.class, () -> engine.requireImage(another, line -> {}));
        assertThat(refused.kind()).isEqualTo(EngineException.Kind.ABSENT);
        assertThat(refused).hasMessage("image " + another + " is not here, and docker.pull=false forbids fetching it");
    }
}

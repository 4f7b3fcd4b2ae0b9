package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.testing.TestImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
}

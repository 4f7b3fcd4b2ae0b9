package io.p2pfaas.node.runtime.docker;

/** The fake keeps the contract of the real one. */
final class FakeEngineTest extends EngineContract {
    private final FakeEngine engine = new FakeEngine();

    @Override
    Engine engine() {
        return engine;
    }

    @Override
    String runningImage() {
        return FakeEngine.RUNNING;
    }

    @Override
    String endingImage() {
        return FakeEngine.ENDING;
    }
}

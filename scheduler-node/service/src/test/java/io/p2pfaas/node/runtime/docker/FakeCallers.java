package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.FakeRuntime;
import io.p2pfaas.node.runtime.FunctionRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Instances that hold each call until the test ends it, and take calls at once or not at all. Thread-safe. */
final class FakeCallers implements Callers {
    /** In the order in which the instances were started. */
    final List<FakeRuntime> runtimes = new CopyOnWriteArrayList<>();

    volatile boolean deaf;

    @Override
    public FunctionRuntime calling(String address, int port) {
        FakeRuntime runtime = FakeRuntime.holding();
        runtimes.add(runtime);
        return runtime;
    }

    @Override
    public void awaitReady(String address, int port, long byNanos, BooleanSupplier wanted, Consumer<Boolean> told) {
        told.accept(!deaf);
    }

    FakeRuntime last() {
        return runtimes.get(runtimes.size() - 1);
    }
}

package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.FunctionRuntime;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How an instance is called, and how it is found out that it can be. Never blocks. */
interface Callers {
    /** Calls whatever listens at this address. */
    FunctionRuntime calling(String address, int port);

    /**
     * Tries until it takes connections.
     *
     * @param byNanos when to give up, by the clock of {@link ContainerThreads}
     * @param wanted false: nobody is interested any more, and nothing needs to be told
     * @param told whether it takes calls; on any thread
     */
    void awaitReady(String address, int port, long byNanos, BooleanSupplier wanted, Consumer<Boolean> told);
}

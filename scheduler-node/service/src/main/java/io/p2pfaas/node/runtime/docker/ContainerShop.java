package io.p2pfaas.node.runtime.docker;

/** What all functions in containers share. */
interface ContainerShop {
    Engine engine();

    ContainerThreads threads();

    Callers callers();

    ContainerCounters counters();

    /** Labels all of this node's containers. */
    String owner();

    /** The end of a name that no other container has. */
    String newSuffix();

    /** From now on the engine's news of this container go to the instance. */
    void created(String id, Instance instance);

    /** The engine's news of this container are of no interest any more. */
    void forgotten(String id);

    /** An instance's container was removed, or the engine refused to. */
    void removed(Instance instance);

    /** A function that was undeployed has no instances any more, but perhaps some that are being removed. */
    void left(ContainerRuntime runtime);
}

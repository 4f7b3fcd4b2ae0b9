package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.FunctionRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The container of a replica: how it is called, and whether and why it ended. Thread-safe. */
final class Instance {
    final ContainerRuntime runtime;
    final Replica replica;
    final String name;
    /** Why it is not there any more; complete as soon as that is known. */
    final CompletableFuture<Failure> end = new CompletableFuture<>();

    private volatile @Nullable String id;
    private volatile @Nullable FunctionRuntime calls;
    private volatile @Nullable Failure blame;
    private volatile boolean outOfMemory;
    private volatile boolean unwanted;
    private volatile boolean ready;
    private boolean beingMade;

    Instance(ContainerRuntime runtime, Replica replica, String name, boolean beingMade) {
        this.runtime = runtime;
        this.replica = replica;
        this.name = name;
        this.beingMade = beingMade;
    }

    /** It is known why it ends; the first reason counts. False if there was one. */
    synchronized boolean blame(Failure why) {
        if (blame != null || end.isDone()) {
            return false;
        }
        blame = why;
        return true;
    }

    /** No call comes to it any more: those in it may be told. */
    void over(Failure otherwise) {
        Failure known = blame;
        end.complete(known == null ? otherwise : known);
    }

    /** Tells why it ended, at once if that is known. */
    void onEnd(Consumer<Failure> told) {
        var unused = end.thenAccept(told);
    }

    @Nullable
    String id() {
        return id;
    }

    void created(String id) {
        this.id = id;
    }

    @Nullable
    FunctionRuntime calls() {
        return calls;
    }

    void calledBy(FunctionRuntime calls) {
        this.calls = calls;
    }

    boolean isOutOfMemory() {
        return outOfMemory;
    }

    void ranOutOfMemory() {
        outOfMemory = true;
    }

    /** Whether it ever took calls. */
    boolean wasReady() {
        return ready;
    }

    void becameReady() {
        ready = true;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    /** It is to go. True if the caller has to remove the container; otherwise whoever makes it does. */
    synchronized boolean discard() {
        boolean first = !unwanted;
        unwanted = true;
        return first && !beingMade && id != null;
    }

    /** Its maker has let go of it. True if the caller has to remove the container, since it was discarded meanwhile. */
    synchronized boolean made() {
        beingMade = false;
        return unwanted && id != null;
    }
}

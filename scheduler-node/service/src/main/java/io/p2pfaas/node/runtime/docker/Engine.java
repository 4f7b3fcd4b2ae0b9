package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.function.FunctionDesk.LogStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container engine, as far as functions need one. Methods wait for the engine, which may take seconds, and can be called
 * from several threads at once. All throw {@link EngineException}; what is not there any more when it should be
 * paused, stopped or removed is no error for {@link #remove} and {@link #removeNetwork} only.
 */
interface Engine extends AutoCloseable {
    /** Makes a container that does not run yet; answers its id. The image must be there. */
    String create(ContainerPlan plan) throws EngineException;

    /** Starts a container; answers its address on its network, without port. */
    String start(String id) throws EngineException;

    void pause(String id) throws EngineException;

    void unpause(String id) throws EngineException;

    /** Ends what runs in it, at once, and removes it with its volumes. */
    void remove(String id) throws EngineException;

    /** How a container is; empty if it is not there. */
    Optional<Found> inspect(String id) throws EngineException;

    /** All containers, also those that do not run, that have this label with this value. */
    List<Found> list(String label, String value) throws EngineException;

    /**
     * Makes sure that the image is there: looks, and only if it is not there fetches it.
     *
     * @param progress is told now and then how far it is, for the log
     * @return its id ({@code sha256:...})
     */
    String requireImage(String image, Consumer<String> progress) throws EngineException;

    /** Makes sure that the network is there. An internal one leads nowhere but to this machine, and not to it either. */
    void requireNetwork(String name, boolean internal, Map<String, String> labels) throws EngineException;

    /** Removes a network; if containers are still on it, it stays. */
    void removeNetwork(String name) throws EngineException;

    /** Names of networks that have this label with this value. */
    List<String> networks(String label, String value) throws EngineException;

    /**
     * Tells what happens to containers that have this label with this value, from now on, until it is closed or the
     * engine is lost.
     */
    LogStream watch(String label, String value, Watcher watcher) throws EngineException;

    /**
     * Hands over what a container has written. On a thread of its own, which {@code lines} may block.
     *
     * @param tail the last so many lines
     */
    LogStream logs(String id, OptionalInt tail, @Nullable Instant since, boolean follow, Lines lines)
            throws EngineException;

    /** Quick: whether the engine answers. */
    boolean isThere();

    @Override
    void close();

    /**
     * A container.
     *
     * @param imageId what it was made from
     * @param address on its network; empty while it does not run
     * @param exitCode 0 while it runs
     */
    record Found(
            String id,
            String name,
            State state,
            Map<String, String> labels,
            String imageId,
            String address,
            int exitCode,
            boolean outOfMemory) {
        public Found {
            labels = Map.copyOf(labels);
        }
    }

    /** What a container does. */
    enum State {
        CREATED,
        RUNNING,
        PAUSED,
        /** Ended, being removed, or in any other state that no call can be run in. */
        GONE
    }

    /** Hears of containers. Must not block for long. */
    interface Watcher {
        /** A container ended, by itself or because somebody ended it. */
        void died(String id, int exitCode);

        /** A container has used more memory than it may, and something in it was killed for it. */
        void outOfMemory(String id);

        /** Nothing more will be heard: the engine is gone. Not called after close. */
        void lost();
    }

    /** Takes lines of a container's log. */
    interface Lines {
        /** False: no more is wanted. */
        boolean line(Instant timestamp, String text);

        /** There is nothing more. */
        void ended();
    }
}

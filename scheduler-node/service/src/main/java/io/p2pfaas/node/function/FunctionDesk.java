package io.p2pfaas.node.function;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Document.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Where functions are managed while the node runs. Changes may take seconds (disk, container engine): call from threads
 * that may wait. An empty answer means that the change is in force and kept.
 */
public interface FunctionDesk {
    /** All functions, by name. */
    List<FunctionState> list();

    /** One function; empty if it is not here. */
    Optional<FunctionState> find(FunctionName name);

    /**
     * Deploys a function, or replaces the one of the same name: calls that run end under the old one. An image that is not
     * there is fetched.
     */
    Optional<Refusal> deploy(FunctionDefinition definition);

    /** Replaces a function; 404 if it is not here. */
    Optional<Refusal> update(FunctionDefinition definition);

    /** Removes a function and all that belongs to it; 404 if it is not here. */
    Optional<Refusal> remove(FunctionName name);

    /** Wants so many replicas; 404 if the function is not here, 400 if it cannot have so many. */
    Optional<Refusal> scale(FunctionName name, int replicas);

    /**
     * Hands over what a function has written, oldest first, and goes on with what it writes if the query says so.
     *
     * @return closed by whoever has seen enough; closing twice is harmless
     */
    LogStream logs(LogQuery query, LogSink sink);

    /** A stream of lines that can be ended from outside. */
    interface LogStream extends AutoCloseable {
        @Override
        void close();
    }
}

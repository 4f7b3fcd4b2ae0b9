package io.p2pfaas.load.live.cluster;

import io.p2pfaas.load.device.BrokerAddress;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Nodes that calls can be sent to. One thread at a time. */
public interface Cluster extends AutoCloseable {
    /** Where each node listens, without a path. */
    List<URI> urls();

    /** Their ids, in the same order. */
    List<String> ids();

    /** Where they find each other. */
    BrokerAddress broker();

    /**
     * Breaks or mends something and returns at once; a node that was started again becomes ready later.
     *
     * @throws IOException if it could not be done
     */
    void carryOut(FaultSpec fault) throws IOException, InterruptedException;

    /**
     * SIGTERM of a node; returns when it has ended.
     *
     * @throws IOException if it is not the lab's to end, or does not end within a minute
     */
    void askToEnd(String node) throws IOException, InterruptedException;

    /**
     * The number of the process that a node is now.
     *
     * @throws IOException if it is not the lab's
     */
    long pid(String node) throws IOException;

    /** Whether everything that was started still runs, nothing stands still, and another run may take place on it. */
    boolean isWhole();

    /** Ends what was started. */
    @Override
    void close();
}

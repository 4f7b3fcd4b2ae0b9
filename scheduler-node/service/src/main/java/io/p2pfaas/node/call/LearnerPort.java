package io.p2pfaas.node.call;

import io.p2pfaas.core.learn.Act;
import io.p2pfaas.core.learn.Experience;
import io.p2pfaas.core.learn.State;
import io.p2pfaas.core.learn.Verdict;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What clients ask of the node's learner. Any thread; texts are JSON. Reasons are one sentence of visible ASCII. */
public interface LearnerPort {
    /** The largest text that is looked at. */
    int MAX_BYTES = 1024 * 1024;

    /** Chooses an action. */
    Act act(State state);

    /** Takes an entry in. */
    Verdict train(Experience experience);

    /** Takes a list of entries in, up to the first one that cannot be. */
    Batch trainAll(ByteBuffer json);

    /** Name and parameters. */
    String parameters();

    /**
     * Changes the parameters that the object names and keeps them; may wait for the disk.
     *
     * @return why nothing has changed; empty if it has
     */
    Optional<String> change(ByteBuffer json);

    /** What it has done. */
    String stats();

    /** What it has learned. */
    String weights();

    /** Forgets everything. */
    void reset();

    /**
     * What became of a list of entries.
     *
     * @param refused entries that were passed over: known already, or too late
     * @param wrong why it ended early; empty if it did not
     */
    record Batch(int refused, Optional<String> wrong) {}
}

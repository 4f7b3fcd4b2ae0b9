package io.p2pfaas.load.live;

import java.util.function.Consumer;

/** A way to send the calls of a run. */
public interface Transport {
    /**
     * Starts one call and returns without waiting for anything. Called by the pacing thread.
     *
     * @param onReply told the end of the call, from any thread, also from within this method
     * @return gives the call up and frees what it holds; called by the pacing thread, harmless when the call has ended
     */
    Runnable send(PlannedCall call, Consumer<Reply> onReply);
}

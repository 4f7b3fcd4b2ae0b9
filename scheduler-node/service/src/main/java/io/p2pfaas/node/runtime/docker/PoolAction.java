package io.p2pfaas.node.runtime.docker;

/** What follows from an event in a {@link ReplicaPool}; carried out after its lock is free. */
interface PoolAction<C> {
    void carryOut(Hands<C> hands);

    /** Does what the pool decides. Nothing here may block. */
    interface Hands<C> {
        /** Runs a call in an instance, which keeps a place for it. */
        void run(C call, Replica replica);

        /** Tells a call that it cannot be run. */
        void fail(C call, Failure why);

        /** Begins to make an instance. To be answered by ready or startFailed. */
        void start(Replica replica);

        /** To be answered by paused or lost. */
        void pause(Replica replica);

        /** To be answered by unpaused or lost. */
        void unpause(Replica replica);

        /** Ends an instance, whatever it does; the pool has forgotten it. */
        void remove(Replica replica, String why);

        /** The pool wants to hear what time it is at this time. */
        void wakeAt(long nanos);

        /** The pool is closed and its last instance is to be removed. */
        void emptied();
    }
}

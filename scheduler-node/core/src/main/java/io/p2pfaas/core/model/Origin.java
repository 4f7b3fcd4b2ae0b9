package io.p2pfaas.core.model;

/**
 * Who waits for the outcome of a forwarded call.
 *
 * @param node the node that a caller gave the call to
 * @param session that node's session, so that an answer to a former life is not mistaken for one to this; of a peer's
 *     call whatever number the origin put in its place, to be given back
 * @param attempt the origin's number for this try; later tries have higher ones
 * @param call the origin's number for the call, the same for all its tries; {@link #UNNAMED} if it does not say
 */
public record Origin(NodeId node, long session, long attempt, long call) {
    /** In the place of a call's number. */
    public static final long UNNAMED = -1;

    /** Of a try that does not say which call it is for. */
    public Origin(NodeId node, long session, long attempt) {
        this(node, session, attempt, UNNAMED);
    }
}

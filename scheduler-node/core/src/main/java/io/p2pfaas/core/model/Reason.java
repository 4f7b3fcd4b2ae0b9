package io.p2pfaas.core.model;

import java.util.Locale;

/** Why a call was not simply done. The label is what metrics, MQTT answers and logs call it. */
public enum Reason {
    /** No slot is free and the call may not wait. */
    NO_SLOT(EndState.REJECTED),
    /** No slot is free and the queue is full. */
    QUEUE_FULL(EndState.REJECTED),
    /** The call was offered to the cluster and no node had room. */
    NO_TAKER(EndState.REJECTED),
    /** The caller or the policy asked for a rejection. */
    DELIBERATE(EndState.REJECTED),
    /** No node that this one knows of has the function. */
    UNKNOWN_FUNCTION(EndState.REJECTED),
    /** The node is about to leave. */
    DRAINING(EndState.REJECTED),
    /** The node has as many calls in flight as it allows. */
    TOO_MANY_CALLS(EndState.REJECTED),
    /** The broker takes no call of this size, and this node has no room for it. */
    BODY_TOO_LARGE(EndState.REJECTED),
    /** The call was handed on as often as is allowed. */
    TOO_MANY_HOPS(EndState.REJECTED),
    /** The peer did not answer in time. */
    PEER_SILENT(EndState.FAILED),
    /** The peer that ran the call died, and the function may not be run twice. */
    PEER_LOST(EndState.FAILED),
    /** The node was given the call before, and began it. */
    REPEATED(EndState.REJECTED),
    /** The broker link went down before the peer had agreed. */
    LINK_DOWN(EndState.REJECTED),
    /** The function could not be reached. */
    FUNCTION_UNREACHABLE(EndState.FAILED),
    /** The function broke the connection or answered nonsense. */
    FUNCTION_BROKEN(EndState.FAILED),
    /** The function's answer is larger than allowed. */
    ANSWER_TOO_LARGE(EndState.FAILED),
    /** The node stopped while the call was in flight. */
    NODE_STOPPED(EndState.FAILED),
    /** Its time was up while it waited for a slot. */
    EXPIRED_QUEUED(EndState.EXPIRED),
    /** Its time was up while it ran. */
    EXPIRED_RUNNING(EndState.EXPIRED),
    /** Its time was up while a peer had it. */
    EXPIRED_AWAY(EndState.EXPIRED),
    /** A slot was booked and the body did not come. */
    BOOKING_LAPSED(EndState.CANCELLED),
    /** The caller closed the connection. */
    CALLER_LEFT(EndState.CANCELLED);

    private final EndState endState;

    Reason(EndState endState) {
        this.endState = endState;
    }

    /** The state in which a call ends for this reason. */
    public EndState endState() {
        return endState;
    }

    /** Lower case with underscores, for metrics and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

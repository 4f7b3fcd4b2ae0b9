package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.call.Noted;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.TakenCall;

/** A call that a peer handed to this node. */
record PeerCall(Request request, long arrivedNanos, Noted noted) implements TakenCall {}

package io.p2pfaas.core.testing;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Placement;

/** How one caller's call ended, as its caller saw it. */
public record Outcome(NodeId node, Call call, End end, Placement placement, long endedNanos) {}

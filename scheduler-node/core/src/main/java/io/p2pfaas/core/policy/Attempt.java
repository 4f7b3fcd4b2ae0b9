package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A forward or offer that did not lead to an execution.
 *
 * @param group the group it was offered to; null if it was sent to a chosen peer
 * @param peer who refused or stayed silent; null if nobody was there to take the offer
 */
public record Attempt(@Nullable SpillGroup group, @Nullable NodeId peer, Reason reason) {}

package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.live.ledger.Fault;

/**
 * How one fault went.
 *
 * @param brokenNanos how long it was broken on purpose
 * @param readyNanos from then until the node itself said that it is ready; for a broker, until all nodes had their link
 * @param wholeNanos from then until all nodes knew each other's load again
 */
public record Recovery(Fault fault, String target, long brokenNanos, long readyNanos, long wholeNanos) {}

package io.p2pfaas.load.live;

/**
 * A call as it was planned before the run.
 *
 * @param number in order of the due times, from 0
 * @param dueNanos when it is to be sent, from the start of the run
 * @param node where its caller sends it, from 0
 * @param payload its class, as an index into the experiment's payloads
 * @param client the kind of client that sends it, as an index into the experiment's clients
 */
public record PlannedCall(int number, long dueNanos, int node, int payload, int client) {}

package io.p2pfaas.core.learn;

/**
 * What the learner chose for a call.
 *
 * @param eid number of the call among the callers' calls of this node, from 1
 * @param epsilon with this probability the action was drawn at random
 */
public record Choice(long eid, State state, int action, double epsilon) {}

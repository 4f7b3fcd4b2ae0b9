package io.p2pfaas.core.learn;

/**
 * What a learner has done.
 *
 * @param inferences actions chosen
 * @param trainedItems entries trained
 * @param epsilon the share of random actions now
 * @param episodes windows trained
 * @param pendingEntries entries that wait
 * @param eidMaxSeen highest eid given to it
 * @param eidLastTrained eid of the last entry trained
 * @param average average reward
 * @param states rows of the table
 * @param refused entries refused
 * @param dropped entries given up behind a gap or for want of room
 * @param notKept transitions not learned because the table was full
 * @param withoutPeer actions that named a peer that is not there
 */
public record LearnerStats(
        long inferences,
        long trainedItems,
        double epsilon,
        long episodes,
        int pendingEntries,
        long eidMaxSeen,
        long eidLastTrained,
        double average,
        int states,
        long refused,
        long dropped,
        long notKept,
        long withoutPeer) {}

package io.p2pfaas.core.learn;

/** What the learner made of an entry that it was given. */
public enum Verdict {
    /** It waits for its turn, or has been trained. */
    TAKEN("taken"),
    /** An entry of that eid waits already. */
    KNOWN("an entry of that eid waits already"),
    /** A later eid was trained already. */
    TOO_LATE("that eid or a later one was trained already"),
    /** No call has that number yet: it is of a former life of the node. */
    TOO_EARLY("no call has that number yet"),
    /** The table has no such action. */
    NO_SUCH_ACTION("the table has no such action: actions_n is less; it changes with a reset");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }
}

package io.p2pfaas.node.app.cli;

/**
 * Something that is not as it should be.
 *
 * @param id what it is, for scripts
 * @param isProblem whether it has to be put right; otherwise it may be as it should be
 * @param what is the case
 * @param why it matters
 * @param fix a command or a setting
 */
record Finding(String id, boolean isProblem, String what, String why, String fix) {
    static Finding problem(String id, String what, String why, String fix) {
        return new Finding(id, true, what, why, fix);
    }

    static Finding note(String id, String what, String why, String fix) {
        return new Finding(id, false, what, why, fix);
    }

    String severity() {
        return isProblem ? "problem" : "note";
    }
}

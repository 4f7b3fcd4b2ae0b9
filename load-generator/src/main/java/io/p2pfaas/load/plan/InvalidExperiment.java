package io.p2pfaas.load.plan;

import java.util.List;

/** An experiment file says something that cannot be carried out. The message is for people and lists all problems. */
public final class InvalidExperiment extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    InvalidExperiment(String file, List<String> problems) {
        super(file + " has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One text each: place, key, what was found, what is allowed, an example. */
    public List<String> problems() {
        return problems;
    }
}

package io.p2pfaas.node.config;

import java.util.List;

/** What became of loading the settings. */
public sealed interface LoadResult {
    /** What should be told to the operator but does not keep the node from starting, a sentence each. */
    List<String> warnings();

    /** The node can start. */
    record Loaded(NodeSettings settings, EffectiveSettings effective, List<String> warnings) implements LoadResult {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /** The node must not start; all problems at once, so that one round of corrections is enough. */
    record Refused(List<Problem> problems, List<String> warnings) implements LoadResult {
        public Refused {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }

        /** All problems, a line each. */
        public String message() {
            StringBuilder text = new StringBuilder(200);
            text.append(
                    problems.size() == 1
                            ? "The configuration has a problem:"
                            : "The configuration has " + problems.size() + " problems:");
            for (Problem problem : problems) {
                text.append("\n  ").append(problem);
            }
            return text.toString();
        }
    }
}

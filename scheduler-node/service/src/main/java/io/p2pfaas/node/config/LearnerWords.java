package io.p2pfaas.node.config;

import io.p2pfaas.core.learn.LearnerParameters;

/** Kinds of values of the learner's settings. */
final class LearnerWords {
    private LearnerWords() {}

    /** By which rule it learns; true = as P2PFaaS. */
    record Rule() implements ValueKind<Boolean> {
        @Override
        public String placeholder() {
            return "RULE";
        }

        @Override
        public String allowed() {
            return "correct or compat";
        }

        @Override
        public Boolean parse(String text) {
            return switch (text) {
                case "correct" -> false;
                case "compat" -> true;
                default -> throw new IllegalArgumentException("not a rule");
            };
        }
    }

    /** The learner's parameters in one text. */
    record Parameters() implements ValueKind<LearnerParameters> {
        @Override
        public String placeholder() {
            return "PARAMETERS";
        }

        @Override
        public String allowed() {
            return "NAME=VALUE with spaces between, the names are " + String.join(", ", LearnerParameters.NAMES);
        }

        @Override
        public LearnerParameters parse(String text) {
            return LearnerParameters.parse(text);
        }
    }
}

package io.p2pfaas.node.config;

/** Kinds of values that are MQTT topics or filters. */
final class Topics {
    private static final int MAX_ROOT_LENGTH = 256;
    private static final int MAX_FILTER_LENGTH = 1024;

    private Topics() {}

    /** The levels that all topics of a cluster begin with. */
    record Root() implements ValueKind<String> {
        @Override
        public String placeholder() {
            return "TOPIC";
        }

        @Override
        public String allowed() {
            return "topic levels separated by /, without wildcards, $, and empty levels, up to " + MAX_ROOT_LENGTH
                    + " characters";
        }

        @Override
        public String parse(String text) {
            requirePlain(text, MAX_ROOT_LENGTH);
            for (String level : text.split("/", -1)) {
                if (level.isEmpty()) {
                    throw new IllegalArgumentException("a level is empty");
                }
            }
            if (text.indexOf('+') >= 0 || text.indexOf('#') >= 0 || text.indexOf('$') >= 0) {
                throw new IllegalArgumentException("it contains +, # or $");
            }
            return text;
        }
    }

    /** A subscription filter, as the allowed response topics are described by. */
    record Filter() implements ValueKind<String> {
        @Override
        public String placeholder() {
            return "FILTER";
        }

        @Override
        public String allowed() {
            return "an MQTT topic filter that does not begin with $ and does not reach the topics below broker.root";
        }

        @Override
        public String parse(String text) {
            requirePlain(text, MAX_FILTER_LENGTH);
            if (text.startsWith("$")) {
                throw new IllegalArgumentException("it begins with $");
            }
            String[] levels = text.split("/", -1);
            for (int i = 0; i < levels.length; i++) {
                boolean wildcard = levels[i].indexOf('+') >= 0 || levels[i].indexOf('#') >= 0;
                if (wildcard && levels[i].length() > 1) {
                    throw new IllegalArgumentException("a wildcard must be a whole level");
                }
                if (levels[i].equals("#") && i < levels.length - 1) {
                    throw new IllegalArgumentException("# must be the last level");
                }
            }
            return text;
        }
    }

    /** A topic to publish to, wildcards aside. */
    static String requireTopic(String text) {
        requirePlain(text, MAX_FILTER_LENGTH);
        if (text.startsWith("$")) {
            throw new IllegalArgumentException("it begins with $");
        }
        return text;
    }

    /**
     * Whether a topic below {@code root} can match {@code filter}. Answers are published with the node's rights, so such
     * a filter would let any caller speak as a node.
     */
    static boolean reachesBelow(String root, String filter) {
        String[] wanted = filter.split("/", -1);
        String[] levels = root.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            if (i >= wanted.length) {
                return false;
            }
            if (wanted[i].equals("#")) {
                return true;
            }
            if (!wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
                return false;
            }
        }
        return wanted.length > levels.length;
    }

    private static void requirePlain(String text, int maxLength) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (text.length() > maxLength) {
            throw new IllegalArgumentException("longer than " + maxLength + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException("it contains a control character");
            }
        }
    }
}

package io.p2pfaas.node.config;

/**
 * A value as somebody wrote it.
 *
 * @param where to find it, for messages: {@code flag --slots}
 */
record Given(String text, Source source, String where) {
    /** Where it is from, for the list of settings in force. */
    String origin() {
        return source == Source.KEPT ? where + ", set at run time" : source.toString();
    }
}

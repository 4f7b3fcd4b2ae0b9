package io.p2pfaas.node.app.cli;

import java.util.Locale;
import java.util.Set;

/** A header field of a request, as it is written on the command line. */
record HeaderField(String name, String value) {
    /** They follow from the body, and the other side would wait for more or take less. */
    private static final Set<String> OF_THE_BODY = Set.of("content-length", "transfer-encoding");

    /** @throws IllegalArgumentException if it is none, or one that cannot be chosen */
    static HeaderField of(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("a header is written 'Name: value', but was '" + text + "'");
        }
        String name = text.substring(0, colon).strip();
        if (OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(name + " follows from the body, allowed are other header fields");
        }
        return new HeaderField(name, text.substring(colon + 1).strip());
    }
}

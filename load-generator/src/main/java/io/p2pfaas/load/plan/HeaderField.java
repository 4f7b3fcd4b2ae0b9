package io.p2pfaas.load.plan;

import java.util.regex.Pattern;

/** One HTTP header field that can be sent as it is. */
public record HeaderField(String name, String value) {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern SENT_BY_THE_CLIENT =
            Pattern.compile("content-length|transfer-encoding|connection|host", Pattern.CASE_INSENSITIVE);

    public HeaderField {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("not a header name: '" + name + "'");
        }
        if (SENT_BY_THE_CLIENT.matcher(name).matches()) {
            throw new IllegalArgumentException("the client itself sets the header " + name);
        }
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new IllegalArgumentException("the value of header " + name + " contains control characters");
        }
    }

    /**
     * Reads {@code Name: value}.
     *
     * @throws IllegalArgumentException when it is not that
     */
    public static HeaderField parse(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no colon in header '" + line + "', expected 'Name: value'");
        }
        return new HeaderField(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
}

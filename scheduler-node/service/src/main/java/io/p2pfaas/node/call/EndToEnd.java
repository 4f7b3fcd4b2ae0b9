package io.p2pfaas.node.call;

import org.jspecify.annotations.Nullable;

/**
 * Which header fields travel from caller to function and back. Fields that speak about one connection only (RFC 9110,
 * 7.6.1) stay behind, and so do those the next connection computes anew: length, host and expectation.
 *
 * <p>A field that HTTP cannot carry is left out too: a name that is no token, or a value with a line break, a control
 * character or anything beyond one byte. Values may come from MQTT, where all of that is legal, and a line break
 * written into a request would be a second request.
 */
public final class EndToEnd {
    private static final EndToEnd PLAIN = new EndToEnd(new String[0]);

    /** Names that the message's own Connection field declares as meant for this connection only. */
    private final String[] named;

    private EndToEnd(String[] named) {
        this.named = named;
    }

    /**
     * The rule for one message.
     *
     * @param connection the value of its Connection field, several values joined by commas; null if it has none
     */
    public static EndToEnd besides(@Nullable String connection) {
        if (connection == null
                || connection.isEmpty()
                || connection.equalsIgnoreCase("keep-alive")
                || connection.equalsIgnoreCase("close")) {
            return PLAIN;
        }
        String[] names = connection.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            names[i] = names[i].strip();
        }
        return new EndToEnd(names);
    }

    /** {@code fields} without what stays behind. */
    public static Headers of(Headers fields) {
        StringBuilder connection = new StringBuilder();
        fields.forEach((name, value) -> {
            if (name.equalsIgnoreCase("connection")) {
                connection.append(connection.isEmpty() ? "" : ",").append(value);
            }
        });
        EndToEnd rule = besides(connection.toString());
        Headers.Builder kept = new Headers.Builder();
        fields.forEach((name, value) -> {
            if (rule.carries(name, value)) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }

    /** True if the field travels on. */
    public boolean carries(String name, String value) {
        if (staysBehind(name) || !isToken(name) || !isFieldValue(value)) {
            return false;
        }
        for (String declared : named) {
            if (declared.equalsIgnoreCase(name)) {
                return false;
            }
        }
        return true;
    }

    /** By length first: nearly every other field is let through without comparing a character. */
    private static boolean staysBehind(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("te");
            case 4 -> name.equalsIgnoreCase("host");
            // CGI servers turn "Proxy" into HTTP_PROXY, by which a caller could redirect what the function sends.
            case 5 -> name.equalsIgnoreCase("proxy");
            case 6 -> name.equalsIgnoreCase("expect");
            case 7 -> name.equalsIgnoreCase("upgrade") || name.equalsIgnoreCase("trailer");
            case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
            case 14 -> name.equalsIgnoreCase("content-length") || isForProxies(name);
            case 17 -> name.equalsIgnoreCase("transfer-encoding");
            default -> isForProxies(name);
        };
    }

    private static boolean isForProxies(String name) {
        return name.regionMatches(true, 0, "proxy-", 0, 6);
    }

    /** True for what HTTP calls a token: the form of methods and field names. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isFieldValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }
}

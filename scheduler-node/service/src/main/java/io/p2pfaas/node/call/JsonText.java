package io.p2pfaas.node.call;

import java.util.Locale;

/** Texts inside JSON that is written by hand. */
public final class JsonText {
    private JsonText() {}

    /** The text as a JSON string, quotation marks included. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** As {@link #quoted}, with everything that is not visible ASCII escaped: it may be part of a header field. */
    public static String ascii(String text) {
        String json = quoted(text);
        StringBuilder ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                ascii.append(c);
            } else {
                ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return ascii.toString();
    }

    /** {@code {"code":n,"message":"..."}}, the form of all errors. */
    public static String error(int code, String message) {
        return "{\"code\":" + code + ",\"message\":" + quoted(message) + "}";
    }
}

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

    /** {@code {"code":n,"message":"..."}}, the form of all errors. */
    public static String error(int code, String message) {
        return "{\"code\":" + code + ",\"message\":" + quoted(message) + "}";
    }
}

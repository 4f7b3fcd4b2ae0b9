package io.p2pfaas.node.call;

import java.util.Locale;

/** Texts that may be a stranger's, as they can be shown: what a terminal obeys, or what is not seen, is made visible. */
public final class VisibleText {
    private VisibleText() {}

    /** Control characters, line ends of all sorts, and what changes the direction of writing. */
    public static boolean isUnseen(char c) {
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** The text with each of these written as JSON does it; inside a JSON string it stays the same string. */
    public static String escaped(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnseen(c)) {
                visible.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }
}

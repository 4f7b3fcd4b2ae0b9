package io.p2pfaas.node.wire;

/** Which texts from the network may become part of a request line: visible ASCII, so nothing can end the line early. */
final class UriPart {
    private static final int MAX_LENGTH = 32 * 1024;

    private UriPart() {}

    static boolean isPath(String text) {
        return text.isEmpty() || (text.charAt(0) == '/' && isVisible(text) && text.indexOf('?') < 0);
    }

    static boolean isQuery(String text) {
        return isVisible(text);
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return text.length() <= MAX_LENGTH;
    }
}

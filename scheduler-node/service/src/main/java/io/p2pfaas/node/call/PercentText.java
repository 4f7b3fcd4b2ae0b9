package io.p2pfaas.node.call;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Any text as a header value, as CloudEvents' HTTP binding (3.1.3.2) has it: blanks, quotation marks, percent signs and
 * what is not printable ASCII become percent-encoded UTF-8.
 */
public final class PercentText {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentText() {}

    /** The text in header characters. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
            }
        }
        return encoded.toString();
    }

    /** The text behind a header value; null if what is encoded there is not UTF-8, or a character MQTT does not carry. */
    public static @Nullable String decode(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        String plain = unquoted(value);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            int high = c == '%' && i + 2 < plain.length() ? Character.digit(plain.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(plain.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                byte[] literal = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
                bytes.write(literal, 0, literal.length);
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return text.codePoints().anyMatch(PercentText::isForbidden) ? null : text;
        } catch (CharacterCodingException ignored) {
            // Somebody else's encoding: the caller keeps the value as it is.
            return null;
        }
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    private static boolean isForbidden(int c) {
        return Character.isISOControl(c) || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    }
}

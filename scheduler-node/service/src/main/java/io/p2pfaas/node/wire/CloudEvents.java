package io.p2pfaas.node.wire;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.PercentText;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents in binary mode: what is a user property without prefix over MQTT 5 (MQTT binding 3.1) is a header field
 * {@code ce-} over HTTP (HTTP binding 3.1).
 */
final class CloudEvents {
    private static final String PREFIX = "ce-";
    private static final String SPEC_VERSION = "specversion";
    private static final String DATA_CONTENT_TYPE = "datacontenttype";

    /** Properties of our answers: an attribute of that name keeps its prefix, lest a reader take one for the other. */
    private static final Set<String> OURS = Set.of("status", "code", "reason");

    private CloudEvents() {}

    /** Whether these user properties are those of an event. */
    static boolean isEvent(Headers properties) {
        boolean[] found = {false};
        properties.forEach((name, value) -> found[0] |= name.equals(SPEC_VERSION));
        return found[0];
    }

    /** Whether these header fields are those of an event. */
    static boolean isEventOverHttp(Headers headers) {
        return headers.first(PREFIX + SPEC_VERSION) != null;
    }

    /** Whether the property has a name that an attribute may have. */
    static boolean isAttribute(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty() && !name.equals("data");
    }

    /** The content type travels in its own field. */
    static boolean isContentType(String name) {
        return name.equals(DATA_CONTENT_TYPE);
    }

    /** Adds an attribute as header field; of several of one name the first. */
    static void addField(String attribute, String value, Headers.Builder to, Set<String> seen) {
        if (seen.add(attribute)) {
            to.add(PREFIX + attribute, PercentText.encode(value));
        }
    }

    /** Whether the property would be taken for an attribute over HTTP. */
    static boolean looksLikeField(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** The attribute that a header field of an event holds; null if it is none, or its name is one of ours. */
    static @Nullable String attributeOf(String field) {
        if (!looksLikeField(field)) {
            return null;
        }
        String attribute = field.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        return isAttribute(attribute) && !isContentType(attribute) && !OURS.contains(attribute) ? attribute : null;
    }

    /** The value of an attribute that a header field holds; as it is if it cannot be decoded. */
    static String valueOf(String fieldValue) {
        String decoded = PercentText.decode(fieldValue);
        return decoded == null ? fieldValue : decoded;
    }
}

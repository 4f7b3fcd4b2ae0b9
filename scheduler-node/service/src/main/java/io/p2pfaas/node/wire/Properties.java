package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads values out of user properties. What is missing or wrong ends in {@link Malformed}, caught by the codecs. */
final class Properties {
    /** Thrown and caught inside this package only. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String why) {
            super(why, null, false, false);
        }
    }

    /** A header field travels as a property of this prefix and the field's name. */
    static final String HEADER_PREFIX = "h-";

    static final String CONTENT_TYPE = "Content-Type";

    private static final int MAX_PATH = 63;

    /** What came over the network must not put into an HTTP head what HTTP cannot carry. */
    private static final EndToEnd CARRIED = EndToEnd.besides(null);

    private final Headers properties;

    Properties(Headers properties) {
        this.properties = properties;
    }

    @Nullable
    String optional(String name) {
        return properties.first(name);
    }

    String text(String name) throws Malformed {
        String value = properties.first(name);
        if (value == null) {
            throw new Malformed("property " + name + " is missing");
        }
        return value;
    }

    long number(String name, long min, long max) throws Malformed {
        return number(name, text(name), min, max);
    }

    long number(String name, long min, long max, long fallback) throws Malformed {
        String value = properties.first(name);
        return value == null ? fallback : number(name, value, min, max);
    }

    static long number(String name, String text, long min, long max) throws Malformed {
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // Told below in the same words as a number out of range.
        }
        throw new Malformed("property " + name + " is not a number from " + min + " to " + max);
    }

    <T extends Enum<T>> T word(String name, Class<T> type) throws Malformed {
        String value = text(name);
        for (T constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        throw new Malformed("property " + name + " is none of " + Arrays.toString(type.getEnumConstants()));
    }

    private static NodeId node(String name, String value) throws Malformed {
        if (!NodeId.isValid(value)) {
            throw new Malformed("property " + name + " is not a node id");
        }
        return new NodeId(value);
    }

    /** Nodes, separated by commas; none if the property is not there. */
    List<NodeId> path(String name) throws Malformed {
        String text = optional(name);
        if (text == null) {
            return List.of();
        }
        String[] parts = text.split(",", MAX_PATH + 1);
        if (parts.length > MAX_PATH) {
            throw new Malformed("property " + name + " is longer than " + MAX_PATH + " nodes");
        }
        List<NodeId> path = new ArrayList<>(parts.length);
        for (String part : parts) {
            path.add(node(name, part));
        }
        return path;
    }

    /** The path from the first node to the last one by way of others. */
    static List<NodeId> joined(NodeId first, List<NodeId> between, NodeId last) {
        List<NodeId> path = new ArrayList<>(between.size() + 2);
        path.add(first);
        path.addAll(between);
        path.add(last);
        return path;
    }

    static String path(List<NodeId> path) {
        return path.stream().map(NodeId::value).collect(Collectors.joining(","));
    }

    /** The header fields among the properties. */
    static Headers headers(Headers properties) {
        Headers.Builder headers = new Headers.Builder();
        properties.forEach((name, value) -> {
            String field = name.startsWith(HEADER_PREFIX) ? name.substring(HEADER_PREFIX.length()) : "";
            // The content type has its own MQTT property; a function must not be given two.
            if (CARRIED.carries(field, value) && !field.equalsIgnoreCase(CONTENT_TYPE)) {
                headers.add(field, value);
            }
        });
        return headers.build();
    }

    /** Adds header fields as properties; the content type travels in its own MQTT property. */
    static void addHeaders(Headers headers, Headers.Builder to) {
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase(CONTENT_TYPE)) {
                to.add(HEADER_PREFIX + name, value);
            }
        });
    }

    /** Header fields from properties and content type together. */
    static Headers headersOf(WireMessage message) {
        Headers.Builder headers = new Headers.Builder();
        String contentType = message.contentType();
        if (contentType != null && CARRIED.carries(CONTENT_TYPE, contentType)) {
            headers.add(CONTENT_TYPE, contentType);
        }
        headers(message.properties()).forEach(headers::add);
        return headers.build();
    }
}

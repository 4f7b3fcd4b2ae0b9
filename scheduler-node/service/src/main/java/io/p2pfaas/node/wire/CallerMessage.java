package io.p2pfaas.node.wire;

import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.PercentText;
import io.p2pfaas.node.call.Request;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls of MQTT clients. A caller's user properties are the function's header fields. */
public final class CallerMessage {
    /** Tells the function on which topic a mapped call came. */
    public static final String TOPIC_FIELD = "X-P2pfaas-Topic";

    private static final EndToEnd CARRIED = EndToEnd.besides(null);
    private static final Set<String> TRACE = Set.of("traceparent", "tracestate");

    private final boolean isEvent;
    private final @Nullable String topic;
    private final Headers.Builder headers = new Headers.Builder();
    private final Set<String> attributes = new HashSet<>();
    private final String[] line = {"POST", "", ""};
    private boolean typed;

    private CallerMessage(boolean isEvent, @Nullable String topic) {
        this.isEvent = isEvent;
        this.topic = topic;
    }

    /** What the function is given. The properties method, uri-path and uri-query are for functions that want them. */
    public static Request request(WireMessage message) {
        return new CallerMessage(CloudEvents.isEvent(message.properties()), null).read(message);
    }

    /** What the function is given that the message's topic is mapped to. */
    public static Request mappedRequest(WireMessage message) {
        return new CallerMessage(CloudEvents.isEvent(message.properties()), message.topic()).read(message);
    }

    private Request read(WireMessage message) {
        String contentType = message.contentType();
        if (contentType != null) {
            addType(contentType);
            typed = true;
        }
        if (topic != null) {
            headers.add(TOPIC_FIELD, PercentText.encode(topic));
        }
        message.properties().forEach((name, value) -> {
            if (isEvent && CloudEvents.isContentType(name)) {
                addType(value);
            } else if (isEvent && CloudEvents.isAttribute(name)) {
                addAttribute(name, value);
            } else if (!isEvent || !CloudEvents.looksLikeField(name)) {
                addProperty(name, value);
            }
        });
        return new Request(line[0], line[1], line[2], headers.build(), message.payload());
    }

    private void addType(String value) {
        if (!typed && CARRIED.carries(Properties.CONTENT_TYPE, value)) {
            headers.add(Properties.CONTENT_TYPE, value);
            typed = true;
        }
    }

    private void addAttribute(String name, String value) {
        if (TRACE.contains(name) && !attributes.contains(name) && CARRIED.carries(name, value)) {
            // An attribute of events, and a field that tracers look for.
            headers.add(name, value);
        }
        CloudEvents.addField(name, value, headers, attributes);
    }

    private void addProperty(String name, String value) {
        switch (name) {
            case "method" -> line[0] = EndToEnd.isToken(value) ? value : line[0];
            case "uri-path" -> line[1] = UriPart.isPath(value) ? value : line[1];
            case "uri-query" -> line[2] = UriPart.isQuery(value) ? value : line[2];
            default -> {
                if (name.equalsIgnoreCase(Properties.CONTENT_TYPE)) {
                    addType(value);
                } else if (CARRIED.carries(name, value) && !(topic != null && name.equalsIgnoreCase(TOPIC_FIELD))) {
                    headers.add(name, value);
                }
            }
        }
    }
}

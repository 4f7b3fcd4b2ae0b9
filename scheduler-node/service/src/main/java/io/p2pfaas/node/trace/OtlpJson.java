package io.p2pfaas.node.trace;

import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.trace.Span.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Spans as OTLP has them in JSON: ids in hexadecimal, enumerations as numbers, 64-bit numbers as text. */
final class OtlpJson {
    private static final int STATUS_ERROR = 2;

    private final String head;

    /**
     * @param serviceName of all nodes of a cluster alike
     * @param node which of them
     */
    OtlpJson(String serviceName, String node, String version) {
        StringBuilder json = new StringBuilder("{\"resourceSpans\":[{\"resource\":{\"attributes\":[");
        attribute(new Attribute("service.name", serviceName), json);
        attribute(new Attribute("service.instance.id", node), json.append(','));
        attribute(new Attribute("service.version", version), json.append(','));
        json.append("]},\"scopeSpans\":[{\"scope\":{\"name\":\"io.p2pfaas.node\",\"version\":");
        json.append(JsonText.quoted(version)).append("},\"spans\":[");
        this.head = json.toString();
    }

    byte[] encode(List<Span> spans) {
        StringBuilder json = new StringBuilder(head.length() + 600 * spans.size()).append(head);
        String comma = "";
        for (Span span : spans) {
            json.append(comma);
            encode(span, json);
            comma = ",";
        }
        return json.append("]}]}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void encode(Span span, StringBuilder json) {
        json.append("{\"traceId\":\"").append(span.traceId());
        json.append("\",\"spanId\":\"").append(span.spanId());
        if (!span.parent().isEmpty()) {
            json.append("\",\"parentSpanId\":\"").append(span.parent());
        }
        json.append('"');
        if (!span.state().isEmpty()) {
            json.append(",\"traceState\":").append(JsonText.quoted(span.state()));
        }
        json.append(",\"name\":").append(JsonText.quoted(span.name()));
        json.append(",\"kind\":").append(span.kind().code());
        json.append(",\"startTimeUnixNano\":\"").append(span.startNanos());
        json.append("\",\"endTimeUnixNano\":\"").append(span.endNanos());
        json.append("\",\"attributes\":[");
        String comma = "";
        for (Attribute attribute : span.attributes()) {
            attribute(attribute, json.append(comma));
            comma = ",";
        }
        json.append("],\"status\":{");
        if (span.error() != null) {
            json.append("\"code\":")
                    .append(STATUS_ERROR)
                    .append(",\"message\":")
                    .append(JsonText.quoted(span.error()));
        }
        json.append("}}");
    }

    private static void attribute(Attribute attribute, StringBuilder json) {
        json.append("{\"key\":").append(JsonText.quoted(attribute.key())).append(",\"value\":{");
        if (attribute.value() instanceof Long number) {
            json.append("\"intValue\":\"").append(number.longValue()).append('"');
        } else {
            json.append("\"stringValue\":")
                    .append(JsonText.quoted(attribute.value().toString()));
        }
        json.append("}}");
    }
}

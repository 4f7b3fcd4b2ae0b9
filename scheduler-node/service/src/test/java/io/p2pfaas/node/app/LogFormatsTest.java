package io.p2pfaas.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.node.call.CallLog;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.TakenCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class LogFormatsTest {
    private static final String EVIL = "a\nb\r\u001b[31mc\u2028d\u0085e\u202ef\"\\";

    private final Formatter text = new LogFormats.Text(ZoneOffset.UTC);
    private final Formatter json = new LogFormats.Json();

    private record Taken(Request request, long arrivedNanos) implements TakenCall {}

    private static LogRecord line(Level level, String message) {
        LogRecord line = new LogRecord(level, message);
        line.setInstant(Instant.parse("2026-11-28T22:30:32.123456Z"));
        line.setLoggerName("io.p2pfaas.node.mqtt.BrokerLink");
        return line;
    }

    private static Call call(String id) {
        Request request = new Request("POST", "", "", Headers.of("X-Call-Id", id), ByteBuffer.allocate(0));
        return new Call(
                7,
                new FunctionName("f"),
                Arrival.CLIENT,
                List.of(),
                0,
                0,
                false,
                Routing.POLICY,
                0,
                new Taken(request, 0));
    }

    @Test
    void text_is_a_line_with_time_level_and_message() {
        assertThat(text.format(line(Level.INFO, "the broker link is up")))
                .isEqualTo("22:30:32.123 INFO    the broker link is up\n");
    }

    @Test
    void json_is_an_object_in_a_line() throws IOException {
        String written = json.format(line(Level.WARNING, "odd"));

        assertThat(written)
                .isEqualTo("{\"ts\":\"2026-11-28T22:30:32.123456Z\",\"level\":\"warn\","
                        + "\"logger\":\"io.p2pfaas.node.mqtt.BrokerLink\",\"msg\":\"odd\"}\n");
        assertThat(new ObjectMapper().readTree(written).at("/msg").asText()).isEqualTo("odd");
    }

    @Test
    void a_line_about_a_call_says_about_which_and_the_next_one_does_not() throws IOException {
        StringBuilder about = new StringBuilder();
        StringBuilder inText = new StringBuilder();
        CallLog.about(call("order-5"), () -> {
            about.append(json.format(line(Level.FINE, "decided")));
            inText.append(text.format(line(Level.FINE, "decided")));
        });
        JsonNode read = new ObjectMapper().readTree(about.toString());

        assertThat(read.at("/level").asText()).isEqualTo("debug");
        assertThat(read.at("/requestId").asText()).isEqualTo("order-5");
        assertThat(read.at("/call").asText()).isEqualTo("7");
        assertThat(inText.toString()).endsWith("decided requestId=order-5 call=7\n");
        assertThat(json.format(line(Level.FINE, "decided"))).doesNotContain("requestId", "call\"");
    }

    @Test
    void nothing_in_a_message_or_an_id_can_make_a_second_line_or_move_the_cursor() throws IOException {
        LogRecord thrown = line(Level.SEVERE, EVIL);
        thrown.setThrown(new IllegalStateException(EVIL, new IOException(EVIL)));
        StringBuilder inJson = new StringBuilder();
        StringBuilder inText = new StringBuilder();
        CallLog.about(call(EVIL), () -> {
            inJson.append(json.format(thrown));
            inText.append(text.format(thrown));
        });
        String asJson = inJson.toString();
        String asText = inText.toString();
        JsonNode read = new ObjectMapper().readTree(asJson);

        assertThat(asJson.strip()).matches("[\\x20-\\x7e]+");
        assertThat(read.at("/msg").asText()).isEqualTo(EVIL);
        // Such an id is none, so it is the node's own number.
        assertThat(read.at("/requestId").asText()).isEqualTo("7");
        assertThat(read.at("/error").asText()).contains("IllegalStateException", "caused by java.io.IOException");
        assertThat(asText).doesNotContain("\r", "\u001b", "\u2028", "\u0085", "\u202e");
        String[] lines = asText.split("\n", -1);
        assertThat(lines[0]).startsWith("22:30:32.123 SEVERE  a\\u000ab\\u000d\\u001b[31mc");
        assertThat(lines)
                .filteredOn(line -> !line.isEmpty())
                .allMatch(line -> line.startsWith("22:30:32") || line.startsWith("  "));
    }
}

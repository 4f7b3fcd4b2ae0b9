package io.p2pfaas.node.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.p2pfaas.node.trace.Span.Attribute;
import io.p2pfaas.node.trace.Span.Kind;
import io.p2pfaas.node.trace.SpanExport.Fate;
import io.p2pfaas.node.trace.SpanExport.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpanExportTest {
    private static final OtlpJson JSON = new OtlpJson("p2pfaas", "n1", "1.2");

    private final Queue<byte[]> batches = new ConcurrentLinkedQueue<>();

    private static Span span(String name) {
        return new Span(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                "",
                "a=1",
                name,
                Kind.CLIENT,
                1_700_000_000_000_000_001L,
                1_700_000_000_000_000_002L,
                List.of(new Attribute("text", "a\"b"), new Attribute("number", 7L)),
                "queue_full");
    }

    private SpanExport export(Result answer) {
        return new SpanExport(JSON, batch -> {
            batches.add(batch);
            return answer;
        });
    }

    private static JsonNode spans(byte[] batch) throws IOException {
        return new ObjectMapper().readTree(batch).at("/resourceSpans/0/scopeSpans/0/spans");
    }

    @Test
    void what_is_there_at_the_end_is_sent() throws IOException {
        SpanExport export = export(Result.TAKEN);
        export.offer(span("a"));
        export.offer(span("b"));
        export.start();
        export.close();

        int sent = 0;
        for (byte[] batch : batches) {
            sent += spans(batch).size();
        }
        assertThat(sent).isEqualTo(2);
        assertThat(export.exported()).isEqualTo(2);
        assertThat(export.dropped() + export.failed()).isZero();
    }

    @Test
    void a_full_queue_drops_and_counts() {
        SpanExport export = export(Result.TAKEN);
        for (int i = 0; i < SpanExport.QUEUE + 3; i++) {
            export.offer(span("a"));
        }

        assertThat(export.dropped()).isEqualTo(3);
    }

    @Test
    void what_a_collector_refuses_is_counted_and_not_sent_again() {
        SpanExport export = export(new Result(Fate.REFUSED, "it answered 400"));
        export.offer(span("a"));
        export.start();
        export.close();

        assertThat(batches).hasSize(1);
        assertThat(export.failed()).isOne();
        assertThat(export.exported()).isZero();
    }

    @Test
    void what_a_collector_rejects_of_a_batch_is_not_counted_as_exported() {
        SpanExport export = export(new Result(Fate.TAKEN, 1, "too old"));
        export.offer(span("a"));
        export.offer(span("b"));
        export.offer(span("c"));
        export.start();
        export.close();

        assertThat(batches).hasSize(1);
        assertThat(export.rejected()).isOne();
        assertThat(export.exported()).isEqualTo(2);
        assertThat(export.failed()).isZero();
    }

    @Test
    void a_span_is_written_as_otlp_wants_it() throws IOException {
        JsonNode request = new ObjectMapper().readTree(JSON.encode(List.of(span("run f"), span("b"))));
        JsonNode span = request.at("/resourceSpans/0/scopeSpans/0/spans/0");

        assertThat(request.at("/resourceSpans/0/resource/attributes/0/value/stringValue")
                        .asText())
                .isEqualTo("p2pfaas");
        assertThat(request.at("/resourceSpans/0/resource/attributes/1/key").asText())
                .isEqualTo("service.instance.id");
        assertThat(span.at("/traceId").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(span.at("/spanId").asText()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.has("parentSpanId")).isFalse();
        assertThat(span.at("/traceState").asText()).isEqualTo("a=1");
        assertThat(span.at("/name").asText()).isEqualTo("run f");
        assertThat(span.at("/kind").asInt()).isEqualTo(3);
        assertThat(span.at("/startTimeUnixNano").isTextual()).isTrue();
        assertThat(span.at("/startTimeUnixNano").asText()).isEqualTo("1700000000000000001");
        assertThat(span.at("/attributes/0/value/stringValue").asText()).isEqualTo("a\"b");
        assertThat(span.at("/attributes/1/value/intValue").asText()).isEqualTo("7");
        assertThat(span.at("/status/code").asInt()).isEqualTo(2);
        assertThat(span.at("/status/message").asText()).isEqualTo("queue_full");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too old\"}} | 3 | too old",
                "{\"partialSuccess\":{\"rejectedSpans\":3}} | 3 | it does not say why",
                "{\"partialSuccess\":{\"errorMessage\":\"spans will not be taken from May on\"}} | 0 | spans will not be taken from May on",
                "{\"partialSuccess\":{\"rejectedSpans\":\"-1\"}} | 0 | ''",
                "{\"partialSuccess\":{}} | 0 | ''",
                "{\"partialSuccess\":7} | 0 | ''",
                "{} | 0 | ''",
                "[] | 0 | ''",
                "'' | 0 | ''",
                "<p>thanks</p> | 0 | ''"
            })
    void a_collector_says_how_many_spans_it_did_not_take(String answer, long rejected, String why) {
        assertThat(OtlpAnswer.read(answer.getBytes(StandardCharsets.UTF_8))).isEqualTo(new OtlpAnswer(rejected, why));
    }

    @Test
    void header_fields_come_from_lines_of_a_file() {
        StringBuilder read = new StringBuilder();
        TraceHeaders.parse("# key\nAuthorization: Bearer a:b\n\nX-Team:  edge \r\n")
                .forEach((name, value) ->
                        read.append(name).append('=').append(value).append(';'));

        assertThat(read).hasToString("Authorization=Bearer a:b;X-Team=edge;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "Bad Name: hunter2", "X:", "Host: hunter2", "Content-Type: text/hunter2"})
    void a_line_that_is_no_field_is_told_without_what_is_in_it(String line) {
        assertThatThrownBy(() -> TraceHeaders.parse("X-Fine: 1\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("hunter2");
    }
}

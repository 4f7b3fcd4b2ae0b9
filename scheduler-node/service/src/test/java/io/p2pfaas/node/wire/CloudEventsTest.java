package io.p2pfaas.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.p2pfaas.core.model.End;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.PercentText;
import io.p2pfaas.node.call.Response;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CloudEventsTest {
    private static Headers request(String contentType, String... properties) {
        WireMessage message = new WireMessage(
                "p2pfaas/v1/fn/echo",
                WireMessage.noBytes(),
                true,
                false,
                null,
                null,
                contentType,
                0,
                Headers.of(properties));
        return CallerMessage.request(message).headers();
    }

    private static Headers answer(String... headers) {
        Response response = new Response(200, Headers.of(headers), WireMessage.noBytes());
        return CallerAnswer.of(End.done(new Outcome.Answered(response, 0)), field -> {})
                .properties();
    }

    private static Map<String, String> map(Headers headers) {
        Map<String, String> map = new TreeMap<>();
        headers.forEach((name, value) -> map.merge(name, value, (one, other) -> one + "|" + other));
        return map;
    }

    @Test
    void attributes_become_header_fields_and_the_content_type_stays_one() {
        assertThat(map(request(
                        "image/png",
                        "specversion",
                        "1.0",
                        "id",
                        "a 1",
                        "source",
                        "/hall/3",
                        "type",
                        "é\r\nHost: x",
                        "X-Mine",
                        "1",
                        "datacontenttype",
                        "text/plain")))
                .containsOnly(
                        entry("Content-Type", "image/png"),
                        entry("X-Mine", "1"),
                        entry("ce-id", "a%201"),
                        entry("ce-source", "/hall/3"),
                        entry("ce-specversion", "1.0"),
                        entry("ce-type", "%C3%A9%0D%0AHost:%20x"));
    }

    @Test
    void within_an_event_method_is_an_attribute_and_a_forged_field_stays_out() {
        assertThat(map(request(
                        "text/plain", "specversion", "1.0", "method", "PUT", "id", "1", "ce-id", "2", "id", "3")))
                .containsEntry("ce-method", "PUT")
                .containsEntry("ce-id", "1");
    }

    @Test
    void what_has_no_specversion_is_no_event() {
        assertThat(map(request("application/cloudevents+json", "id", "1")))
                .containsOnlyKeys("Content-Type", "id")
                .containsEntry("Content-Type", "application/cloudevents+json");
    }

    @Test
    void fields_of_the_answer_become_attributes_except_names_of_our_own() {
        assertThat(map(answer(
                        "CE-SpecVersion",
                        "1.0",
                        "ce-id",
                        "Euro%20%E2%82%AC",
                        "ce-status",
                        "ok",
                        "ce-type",
                        "bad%00",
                        "ce-x-y",
                        "1",
                        "X-Own",
                        "1")))
                .containsEntry("specversion", "1.0")
                .containsEntry("id", "Euro €")
                .containsEntry("status", "200")
                .containsEntry("ce-status", "ok")
                .as("MQTT cannot carry what it stands for")
                .containsEntry("type", "bad%00")
                .containsEntry("ce-x-y", "1")
                .containsEntry("X-Own", "1");
    }

    @Test
    void an_answer_that_is_no_event_keeps_its_fields() {
        assertThat(map(answer("ce-id", "1"))).containsEntry("ce-id", "1").doesNotContainKey("id");
    }

    @ParameterizedTest
    @CsvSource({"a b, a%20b", "\"q\", %22q%22", "50%, 50%25", "é€😀, %C3%A9%E2%82%AC%F0%9F%98%80", "plain~, plain~"})
    void any_text_survives_the_way_through_a_header(String text, String encoded) {
        assertThat(PercentText.encode(text)).isEqualTo(encoded);
        assertThat(PercentText.decode(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"%C3, ", "%zz, %zz", "5%, 5%", "'\"a\\\"b\"', a\"b", "%0A, "})
    void what_is_not_encoded_properly_is_left_alone(String value, String decoded) {
        assertThat(PercentText.decode(value)).isEqualTo(decoded);
    }
}

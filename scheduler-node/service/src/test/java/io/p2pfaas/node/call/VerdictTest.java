package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VerdictTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static End broken(Reason reason, String detail) {
        return new End(reason.endState(), reason, new Outcome.Broken(reason, detail, 0));
    }

    private static JsonNode read(String json) {
        try {
            return STRICT.readTree(json);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError("not JSON: " + json, wrong);
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_has_a_verdict_that_says_it_is_an_error(Reason reason) {
        Verdict verdict = Verdict.of(reason);
        assertThat(verdict.status()).isBetween(400, 599);
        assertThat(verdict.code()).isPositive();
        assertThat(verdict.message()).isNotBlank();
        assertThat(verdict.retryAfterSeconds()).isNotNegative();
        JsonNode body = read(verdict.json());
        assertThat(body.path("code").asInt()).isEqualTo(verdict.code());
        assertThat(body.path("message").asText()).isEqualTo(verdict.message());
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SLOT, 500, 400, 1",
        "QUEUE_FULL, 500, 400, 1",
        "NO_TAKER, 500, 400, 1",
        "BODY_TOO_LARGE, 413, 4, 0",
        "DELIBERATE, 503, 401, 0",
        "UNKNOWN_FUNCTION, 404, 3, 0",
        "PEER_SILENT, 502, 403, 1",
        "PEER_LOST, 502, 403, 0",
        "EXPIRED_QUEUED, 504, 1, 1",
        "EXPIRED_RUNNING, 504, 1, 0",
        "EXPIRED_AWAY, 504, 1, 0"
    })
    void the_codes_of_p2pfaas_are_kept(Reason reason, int status, int code, int retryAfter) {
        Verdict verdict = Verdict.of(reason);
        assertThat(verdict.status()).isEqualTo(status);
        assertThat(verdict.code()).isEqualTo(code);
        assertThat(verdict.retryAfterSeconds()).isEqualTo(retryAfter);
    }

    @Test
    void messages_begin_as_scripts_expect_them() {
        assertThat(Verdict.of(Reason.QUEUE_FULL).message()).startsWith("Job cannot be scheduled: ");
        assertThat(Verdict.of(Reason.DELIBERATE).message()).isEqualTo("Job has been deliberately rejected");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"NO_SLOT", "QUEUE_FULL", "NO_TAKER", "TOO_MANY_CALLS", "TOO_MANY_HOPS", "DRAINING"})
    void a_refusal_for_want_of_room_says_when_to_come_again(Reason reason) {
        assertThat(Verdict.of(reason).retryAfterSeconds()).isPositive();
    }

    @Test
    void the_detail_is_told_wherever_the_call_ran() {
        End here = broken(Reason.FUNCTION_BROKEN, "it closed the connection");
        End there =
                new End(EndState.FAILED, Reason.FUNCTION_BROKEN, new Outcome.Remote((Outcome) here.payload(), 0, 0));
        assertThat(Verdict.of(here).message()).endsWith(": it closed the connection");
        assertThat(Verdict.of(there)).isEqualTo(Verdict.of(here));
    }

    @Test
    void without_a_detail_there_is_no_colon_left_behind() {
        assertThat(Verdict.of(broken(Reason.FUNCTION_BROKEN, ""))).isEqualTo(Verdict.of(Reason.FUNCTION_BROKEN));
        assertThat(Verdict.of(End.of(Reason.NO_SLOT))).isEqualTo(Verdict.of(Reason.NO_SLOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\\",
                "\\\"",
                "\n\r\t\b\f",
                "\0",
                "\u001f\u007f\u0080\u2028",
                "</script>",
                "\",\"code\":0,\"x\":\"",
                "\ud83d\ude00",
                "ä"
            })
    void a_nasty_detail_stays_inside_its_json_text(String detail) {
        JsonNode body = read(Verdict.of(broken(Reason.FUNCTION_BROKEN, detail)).json());
        assertThat(body).hasSize(2);
        assertThat(body.path("code").asInt()).isEqualTo(1);
        assertThat(body.path("message").asText()).hasSizeGreaterThan(detail.length());
    }

    @Property
    void any_detail_gives_valid_json(@ForAll String detail) {
        JsonNode body = read(Verdict.of(broken(Reason.FUNCTION_BROKEN, detail)).json());
        assertThat(body).hasSize(2);
    }

    @Test
    void a_call_that_is_done_has_no_verdict() {
        assertThatThrownBy(() -> Verdict.of(End.done(Payload.NONE))).isInstanceOf(IllegalArgumentException.class);
    }
}

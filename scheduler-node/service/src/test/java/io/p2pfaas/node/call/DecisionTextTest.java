package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.CallTrail.Candidate;
import io.p2pfaas.core.model.CallTrail.Decided;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecisionTextTest {
    private static final Load OWN = new Load(4, 4, 2, 4);
    private static final NodeId N2 = new NodeId("n2");

    private final CallTrail trail = new CallTrail(true);

    private static Candidate candidate(String node) {
        return new Candidate(new NodeId(node), new Load(1, 4, 0, 4), 210_900_000, true, true);
    }

    @Test
    void decisions_and_attempts_are_told_in_one_compact_document() {
        trail.decided(new Decided(12_900, "PowerOfNScheduler(1, 2)", "forward n2", OWN, List.of(candidate("n2"))));
        trail.sent(1, "n2", 13_000);
        trail.attemptEnded(N2, "refused queue_full", 913_000);
        trail.decided(new Decided(
                914_000,
                "p",
                "queue",
                OWN,
                List.of(new Candidate(new NodeId("n3"), null, Long.MAX_VALUE, false, false))));

        assertThat(DecisionText.of(trail, 0))
                .isEqualTo("{\"decisions\":[{\"atMicros\":12,\"policy\":\"PowerOfNScheduler(1, 2)\","
                        + "\"choice\":\"forward n2\",\"own\":{\"running\":4,\"slots\":4,\"queued\":2,\"queueMax\":4},"
                        + "\"candidates\":[{\"node\":\"n2\",\"running\":1,\"slots\":4,\"queued\":0,\"queueMax\":4,"
                        + "\"ageMillis\":210,\"fresh\":true,\"lookedAt\":true}]},"
                        + "{\"atMicros\":914,\"policy\":\"p\",\"choice\":\"queue\","
                        + "\"own\":{\"running\":4,\"slots\":4,\"queued\":2,\"queueMax\":4},"
                        + "\"candidates\":[{\"node\":\"n3\",\"fresh\":false,\"lookedAt\":false}]}],"
                        + "\"attempts\":[{\"to\":\"n2\",\"result\":\"refused queue_full\",\"micros\":900}]}");
    }

    @ParameterizedTest
    @CsvSource({"1, 12", "8, 12", "60, 12", "200, 0"})
    void a_field_takes_no_more_than_4_kib_of_visible_ascii(int decisions, int candidates) throws IOException {
        List<Candidate> many = IntStream.range(0, candidates)
                .mapToObj(i -> candidate("n".repeat(60) + i))
                .toList();
        for (int i = 0; i < decisions; i++) {
            trail.decided(new Decided(i, "Plugin(\u00fc\n\u2028)", "forward n2", OWN, many));
            trail.sent(i, "n2", i);
            trail.attemptEnded(N2, "done", i);
        }

        String text = DecisionText.of(trail, 0);

        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(text).hasSizeLessThanOrEqualTo(4096).matches("[ -~]+");
        assertThat(json.at("/decisions").size()).isPositive();
        assertThat(json.at("/decisions/0/policy").asText()).isEqualTo("Plugin(\u00fc\n\u2028)");
        assertThat(json.has("truncated")).isEqualTo(decisions > 1);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP, 1, true",
        "MQTT, yes, true",
        "HTTP, 0, false",
        "HTTP, false, false",
        "PEER, 1, false",
        "DEVICE, 1, false"
    })
    void a_caller_who_asks_is_told_and_nobody_else(Arrived.Way way, String value, boolean isTold) {
        Request request = new Request("POST", "", "", Headers.of("x-p2pfaas-explain", value), ByteBuffer.allocate(0));
        Noted noted = CallNotes.OF_CALLERS_ONLY.begin(way, new FunctionName("f"), "", 1, request, 0);

        assertThat(noted.isExplained()).isEqualTo(isTold);
        assertThat(noted.trail() != null).isEqualTo(isTold);
        assertThat(noted.traced()).isNull();
    }

    @Test
    void of_other_calls_nothing_is_noted() {
        Request request = new Request("POST", "", "", Headers.EMPTY, ByteBuffer.allocate(0));

        assertThat(CallNotes.OF_CALLERS_ONLY.begin(Arrived.Way.HTTP, new FunctionName("f"), "", 1, request, 0))
                .isSameAs(Noted.NOTHING);
    }
}

package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExplainTextTest {
    private static final String DECISION = """
            {"decisions":[{"atMicros":1500,"policy":"PowerOfN","choice":"forward n2",
              "own":{"running":4,"slots":4,"queued":1,"queueMax":4},
              "candidates":[{"node":"n2","running":1,"slots":4,"queued":0,"queueMax":4,"ageMillis":210,"fresh":true,"lookedAt":true},
                            {"node":"n3","fresh":false,"lookedAt":false}]}],
             "attempts":[{"to":"n2","result":"done","micros":3200}]}""";

    private static NodeClient.Answer answer(int status, String body) {
        return new NodeClient.Answer(
                status,
                Map.of(
                        "X-P2pfaas-Timing-Total-Time-Seconds", List.of("0.020"),
                        "X-P2pfaas-Timing-Execution-Time-Seconds", List.of("0.010"),
                        "X-P2pfaas-Timing-Total-Seconds-List", List.of("[0.020, 0.014]"),
                        "X-P2pfaas-Timing-Scheduling-Seconds-List", List.of("[0.001, 0.001]"),
                        "X-P2pfaas-Peers-List-Id", List.of("[\"n1\", \"n2\"]")),
                ByteBuffer.wrap(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void the_parts_add_up_to_the_total() {
        TimeParts time = TimeParts.of(answer(200, ""));
        assertThat(time.decision()).isEqualTo(2, within(1e-9));
        assertThat(time.queue()).isEqualTo(3, within(1e-9));
        assertThat(time.forward()).isEqualTo(5, within(1e-9));
        assertThat(time.run()).isEqualTo(10, within(1e-9));
        assertThat(time.decision() + time.queue() + time.forward() + time.run()).isEqualTo(time.total(), within(1e-9));
    }

    @Test
    void what_passed_before_the_decision_was_no_waiting_for_a_slot() {
        TimeParts local = new TimeParts(36, 0, 35.5, 0, 0.5);
        JsonNode early = ExplainCommand.decision("{\"decisions\":[{\"atMicros\":35000,\"choice\":\"run here\"}]}");
        assertThat(local.decided(early)).isEqualTo(new TimeParts(36, 35, 0.5, 0, 0.5));
        JsonNode probed = ExplainCommand.decision("{\"decisions\":[{\"atMicros\":1000,\"choice\":\"probe n2\"},"
                + "{\"atMicros\":5000,\"choice\":\"queue\"},{\"atMicros\":30000,\"choice\":\"forward n2\"}]}");
        assertThat(local.decided(probed)).isEqualTo(new TimeParts(36, 5, 30.5, 0, 0.5));
        TimeParts away = new TimeParts(100, 10, 5, 60, 25);
        assertThat(away.decided(early)).isEqualTo(new TimeParts(100, 35, 5, 35, 25));
        assertThat(away.decided(ExplainCommand.decision(""))).isEqualTo(away);
    }

    @Test
    void an_answer_without_timings_took_no_time_that_is_known() {
        assertThat(TimeParts.of(new NodeClient.Answer(404, Map.of(), ByteBuffer.allocate(0))))
                .isEqualTo(new TimeParts(0, 0, 0, 0, 0));
    }

    @Test
    void decisions_candidates_and_attempts_are_told_with_the_age_of_what_was_known() {
        NodeClient.Answer answer = answer(200, "");
        String text = String.join(
                "\n", ExplainCommand.text("echo", answer, ExplainCommand.decision(DECISION), TimeParts.of(answer)));
        assertThat(text)
                .contains("echo: 200, path n1 -> n2")
                .contains("decision 1 after 1.50 ms, PowerOfN: forward n2")
                .contains("this node: 4/4 running, 1/4 queued")
                .containsPattern("n2 +1/4 +0/4 +210 ms +yes +yes")
                .containsPattern("n3 +\\? +\\? +never +no, too old +no")
                .contains("sent to n2: done after 3.20 ms")
                .containsPattern("run +10.00 ms +#{20}\n");
    }

    @Test
    void a_node_that_says_nothing_of_its_decision_is_said_to() {
        NodeClient.Answer answer = answer(503, "{\"code\":400,\"message\":\"no room\"}");
        for (String field : List.of("", "not json")) {
            String text = String.join(
                    "\n", ExplainCommand.text("echo", answer, ExplainCommand.decision(field), TimeParts.of(answer)));
            assertThat(text).contains("503: no room").contains("does not say how it decided");
        }
    }
}

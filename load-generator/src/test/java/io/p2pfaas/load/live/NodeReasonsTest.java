package io.p2pfaas.load.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sentences of real nodes against the words that the lab makes of them. */
final class NodeReasonsTest {
    private static String reason(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return NodeAnswer.reason(bytes, bytes.length);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_rejection_of_a_node_is_understood(Reason reason) {
        String expected = reason.endState() == EndState.REJECTED ? reason.label() : "other";
        assertThat(reason(Verdict.of(reason).json())).isEqualTo(expected);
    }

    @Test
    void a_body_of_somebody_else_is_harmless() {
        assertThat(reason("{\"code\":400")).isEqualTo("other");
        assertThat(reason("[]")).isEqualTo("other");
        assertThat(reason("{\"message\":{\"message\":\"Job has been deliberately rejected\"}}"))
                .isEqualTo("other");
        assertThat(reason("{\"a\":[1],\"message\":\"Job has been deliberately rejected\"}"))
                .isEqualTo("deliberate");
    }
}

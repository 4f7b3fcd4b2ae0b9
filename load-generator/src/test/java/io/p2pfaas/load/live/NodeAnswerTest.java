package io.p2pfaas.load.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.record.Executor;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeAnswerTest {
    private static OptionalInt code(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return NodeAnswer.errorCode(bytes, bytes.length);
    }

    @Test
    void the_last_of_the_peers_executed_a_remote_call() {
        assertThat(NodeAnswer.executor("True", "[\"n1\",\"n2\",\"n3\"]")).isEqualTo(new Executor("n3"));
        assertThat(NodeAnswer.executor(null, null)).isEqualTo(Executor.LOCAL);
        assertThat(NodeAnswer.executor("False", "[\"n1\"]")).isEqualTo(Executor.LOCAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "n1", "[1]", "[\"n1\"", "[\"n1\",", "{\"a\":\"n1\"}", "[[\"n1\"]]", "\"n1\""})
    void a_malformed_list_of_peers_means_an_unnamed_remote_node(String list) {
        assertThat(NodeAnswer.executor("True", list)).isEqualTo(Executor.REMOTE);
    }

    @Test
    void the_code_of_an_error_body_is_read_wherever_it_stands() {
        assertThat(code("{\"code\":400,\"message\":\"x\"}")).hasValue(400);
        assertThat(code("{\"message\":{\"code\":1},\"code\": 401}")).hasValue(401);
        assertThat(code("{\"code\":400,\"message\":\"cut o")).hasValue(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[400]",
                "{\"code\":\"400\"}",
                "{\"code\":4e2}",
                "{\"code\":99999999999}",
                "{\"kode\":400}",
                "<html>400</html>",
                "{\"code\":",
                "{{{{",
                "{\"message\":{\"code\":400}}"
            })
    void other_bodies_have_no_code(String body) {
        assertThat(code(body)).isEmpty();
    }
}

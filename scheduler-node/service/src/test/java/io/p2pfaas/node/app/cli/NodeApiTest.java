package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

final class NodeApiTest {
    private static final String SELF = "{\"id\":\"a\",\"self\":true,\"state\":\"online\"}";

    private static boolean isWhole(boolean linkUp, String nodes) throws JsonProcessingException {
        return NodeApi.isWhole(new JsonMapper()
                .readTree("{\"link\":{\"up\":" + linkUp + "},\"staleMillis\":3000,\"nodes\":[" + nodes + "]}"));
    }

    private static String peer(String state, String more) {
        return SELF + ",{\"id\":\"b\",\"self\":false,\"state\":\"" + state + "\"" + more + "}";
    }

    @Test
    void a_node_alone_waits_for_nobody() throws JsonProcessingException {
        assertThat(isWhole(true, SELF)).isTrue();
    }

    @Test
    void a_peer_is_waited_for_until_it_is_heard_and_has_reported_lately() throws JsonProcessingException {
        assertThat(isWhole(true, peer("online", ""))).isFalse();
        assertThat(isWhole(true, peer("silent", ",\"report\":{\"ageMillis\":100}")))
                .isFalse();
        assertThat(isWhole(true, peer("online", ",\"report\":{\"ageMillis\":3001}")))
                .isFalse();
        assertThat(isWhole(true, peer("online", ",\"report\":{\"ageMillis\":3000}")))
                .isTrue();
    }

    @Test
    void nobody_waits_for_who_is_lost_or_where_nothing_comes_through() throws JsonProcessingException {
        assertThat(isWhole(true, peer("lost", ""))).isTrue();
        assertThat(isWhole(false, peer("online", ""))).isTrue();
    }
}

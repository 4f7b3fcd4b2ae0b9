package io.p2pfaas.load.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeStatusTest {
    /** As a node printed it. */
    private static final String REAL = "{\"id\":\"n1\",\"version\":\"0.1.0-SNAPSHOT\",\"ready\":true,"
            + "\"http\":\"127.0.0.1:33145\",\"broker\":\"mqtt://127.0.0.1:41883\",\"linkUp\":true,"
            + "\"scheduler\":\"BrokerMatch(lazy, 6)\",\"running\":1,\"slots\":4,\"queued\":0,\"queueMax\":2,"
            + "\"functions\":[\"work\"],\"calls\":{\"received\":7,\"done\":5,\"failed\":0,\"rejected\":1,\"expired\":0,"
            + "\"cancelled\":0,\"inFlight\":1,\"ranHere\":4,\"ranAway\":1,\"fromPeers\":2},\"peers\":["
            + "{\"id\":\"n2\",\"state\":\"online\",\"suspect\":false,\"running\":0,\"slots\":1,\"queued\":0,"
            + "\"queueMax\":0,\"sampleAgeMillis\":922},{\"id\":\"n3\",\"state\":\"online\",\"suspect\":false}]}";

    @Test
    void a_nodes_status_is_read() {
        NodeStatus status = NodeStatus.parse(REAL);
        assertThat(status.id()).isEqualTo("n1");
        assertThat(status.scheduler()).isEqualTo("BrokerMatch(lazy, 6)");
        assertThat(status.calls().received()).isEqualTo(7);
        assertThat(status.calls().fromPeers()).isEqualTo(2);
        assertThat(status.peers().get(0).sampleAgeMillis()).hasValue(922);
        assertThat(status.isIdle()).isFalse();
    }

    @Test
    void a_peer_of_which_no_load_is_known_is_not_usable_yet() {
        NodeStatus status = NodeStatus.parse(REAL);
        assertThat(status.knows(1)).isTrue();
        assertThat(status.knows(2)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"id\":7}", "{\"id\":\"n1\"", "<html>"})
    void other_texts_are_refused(String text) {
        assertThatThrownBy(() -> NodeStatus.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a node's status");
    }
}

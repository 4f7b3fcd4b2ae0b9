package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.SampleCodec;
import io.p2pfaas.node.wire.WireMessage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerLinkTest {
    private static final NodeId B = new NodeId("b");

    private final TestCluster cluster = new TestCluster();
    private final TestNode node = cluster.stopped("a", TestNode.Plan.holding("BrokerMatch"));

    private void start() {
        node.start();
        cluster.settle();
    }

    private static Presence presence(NodeId id, PeerState state, long session) {
        return new Presence(id, state, session, "test", 4, Set.of(TestNode.ECHO), "host:1");
    }

    private void hear(Presence presence) {
        cluster.broker.publish(presence.encode(TestNode.TOPICS));
        cluster.settle();
    }

    private String ownState() {
        WireMessage retained = cluster.broker.retained("p2pfaas/v1/node/a/state");
        return retained == null ? "nothing" : TestCluster.text(retained.payload());
    }

    @Test
    void everything_is_subscribed_before_the_brain_hears_that_the_link_is_up() {
        node.start();
        while (!node.isLinkUp()) {
            assertThat(cluster.broker.deliverNext()).as("steps left").isTrue();
        }
        assertThat(List.of(
                        "p2pfaas/v1/node/a/from/+/fwd/+",
                        "p2pfaas/v1/node/a/from/+/rsp",
                        "p2pfaas/v1/node/a/fn/+",
                        "p2pfaas/v1/node/a/from/+/probe",
                        "p2pfaas/v1/node/a/from/+/notice",
                        "p2pfaas/v1/node/+/load",
                        "p2pfaas/v1/node/+/state",
                        "$share/nodes/p2pfaas/v1/fn/+",
                        "$share/nodes/p2pfaas/v1/dev/+/req/+/+"))
                .allSatisfy(filter -> assertThat(cluster.broker.hasSubscriber(filter))
                        .as(filter)
                        .isTrue());
        assertThat(ownState()).contains("\"state\":\"online\"");
    }

    @Test
    void everything_is_subscribed_anew_after_a_cut() {
        start();
        node.transport.cut();
        cluster.settle();
        assertThat(node.isLinkUp()).isFalse();
        assertThat(ownState()).contains("\"state\":\"lost\"");
        node.transport.comeBack();
        cluster.settle();
        assertThat(node.isLinkUp()).isTrue();
        assertThat(cluster.broker.hasSubscriber("p2pfaas/v1/node/a/from/+/rsp")).isTrue();
        assertThat(cluster.broker.hasSubscriber("$share/spill/p2pfaas/v1/spill/echo/+"))
                .isTrue();
        assertThat(ownState()).contains("\"state\":\"online\"");
        assertThat(node.counters.connects()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void a_link_that_is_cut_while_it_comes_up_is_down(int steps) {
        node.start();
        for (int i = 0; i < steps; i++) {
            cluster.broker.deliverNext();
        }
        node.transport.cut();
        cluster.settle();
        assertThat(node.isLinkUp()).isFalse();
        node.transport.comeBack();
        cluster.settle();
        assertThat(node.isLinkUp()).isTrue();
        assertThat(node.matchmaking).isNotEmpty().doesNotContain(false);
    }

    @Test
    void the_link_that_was_up_first_says_nothing_once_another_is_coming_up() {
        node.start();
        cluster.broker.deliverNext();
        for (int i = 0; i < 5; i++) {
            node.transport.cut();
            node.transport.comeBack();
            cluster.broker.deliverNext();
        }
        cluster.settle();
        assertThat(node.isLinkUp()).isTrue();
        assertThat(node.matchmaking).isNotEmpty().containsOnly(true);
    }

    @Test
    void a_broker_that_says_nothing_of_nobody_is_no_matchmaker() {
        cluster.broker.saysNothingOfNobody();
        start();
        assertThat(node.matchmaking).isNotEmpty().containsOnly(false);
    }

    @Test
    void a_peer_is_there_from_its_presence_to_its_will() {
        start();
        hear(presence(B, PeerState.ONLINE, 3));
        assertThat(node.peerCount()).isEqualTo(1);
        hear(presence(B, PeerState.LOST, 2));
        assertThat(node.peerCount()).as("a will of an older session").isEqualTo(1);
        hear(presence(B, PeerState.LOST, 3));
        assertThat(node.peerCount()).isZero();
    }

    @Test
    void a_peer_that_deletes_its_presence_is_gone() {
        start();
        hear(presence(B, PeerState.ONLINE, 3));
        cluster.broker.publish(Presence.deletion(TestNode.TOPICS, B));
        cluster.settle();
        assertThat(node.peerCount()).isZero();
    }

    @Test
    void peers_that_were_there_before_are_known_from_the_start() {
        hear(presence(B, PeerState.ONLINE, 3));
        start();
        assertThat(node.peerCount()).isEqualTo(1);
        assertThat(node.presences).extracting(heard -> heard.node().value()).contains("a", "b");
    }

    @Test
    void the_own_will_that_comes_late_is_answered_with_the_presence() {
        start();
        hear(presence(node.id, PeerState.LOST, TestNode.SESSION - 1));
        assertThat(ownState()).contains("\"state\":\"online\"").contains("\"session\":7");
        cluster.broker.publish(Presence.deletion(TestNode.TOPICS, node.id));
        cluster.settle();
        assertThat(ownState()).contains("\"state\":\"online\"");
        assertThat(node.peerCount()).as("this node is no peer of its own").isZero();
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "two nodes with one id: presence",
            promise = "each warns, and they do not answer each other without end")
    @Test
    void two_nodes_of_one_name_do_not_quarrel_for_ever() {
        start();
        hear(presence(node.id, PeerState.ONLINE, 99));
        assertThat(cluster.broker.published("p2pfaas/v1/node/a/state")).hasSize(2);
    }

    @Test
    void who_drains_says_so_and_still_does_after_a_cut() {
        start();
        node.link.drain();
        cluster.settle();
        assertThat(ownState()).contains("\"state\":\"draining\"");
        node.transport.cut();
        node.transport.comeBack();
        cluster.settle();
        assertThat(ownState()).contains("\"state\":\"draining\"");
    }

    @Fault(in = Fault.Area.MESSAGE, fault = "unreadable presence", promise = "it is counted and ignored")
    @Test
    void an_unreadable_presence_does_not_harm() {
        start();
        for (String text : List.of("{", "[]", "null", "{\"state\":\"online\"}", "\0", "{\"state\":\"online\",")) {
            cluster.broker.publish(TestCluster.retained(TestCluster.call("p2pfaas/v1/node/b/state", text, null, null)));
        }
        cluster.settle();
        assertThat(node.peerCount()).isZero();
        assertThat(node.counters.malformed()).isEqualTo(6);
        hear(presence(B, PeerState.ONLINE, 3));
        assertThat(node.peerCount()).isEqualTo(1);
    }

    @Test
    void messages_on_foreign_topics_are_counted() {
        start();
        for (String topic :
                List.of("p2pfaas/v1/node/a/from/b/fwd/..", "p2pfaas/v1/node/a/fn/x/y", "else/v1/node/a/from/b/rsp")) {
            node.link.received(TestCluster.call(topic, "x", null, null));
        }
        assertThat(node.counters.malformed()).isEqualTo(3);
        assertThat(node.brainCounters().receivedFrom(true)).isZero();
        assertThat(node.brainCounters().receivedFrom(false)).isZero();
    }

    @Test
    void a_sample_counts_while_it_is_fresh() {
        start();
        hear(presence(B, PeerState.ONLINE, 3));
        WireMessage sample = SampleCodec.encode(TestNode.TOPICS, new Sample(B, 3, 1, new Load(1, 4, 0, 0)), 3);
        cluster.broker.publish(sample);
        cluster.settle();
        assertThat(knownSampleOfB()).isTrue();
    }

    @Fault(in = Fault.Area.MESSAGE, fault = "a retained sample, of any age", promise = "it counts as none")
    @Test
    void a_retained_sample_may_be_of_any_age_and_counts_as_none() {
        start();
        hear(presence(B, PeerState.ONLINE, 3));
        node.transport.cut();
        WireMessage sample = SampleCodec.encode(TestNode.TOPICS, new Sample(B, 3, 1, new Load(0, 4, 0, 0)), 3);
        cluster.broker.publish(TestCluster.retained(sample));
        cluster.settle();
        node.transport.comeBack();
        cluster.settle();
        assertThat(node.peerCount()).isEqualTo(1);
        assertThat(knownSampleOfB()).isFalse();
    }

    @Test
    void the_own_sample_is_not_a_peers() {
        start();
        cluster.broker.publish(SampleCodec.encode(
                TestNode.TOPICS, new Sample(node.id, TestNode.SESSION, 1_000, new Load(0, 4, 0, 0)), 3));
        cluster.settle();
        assertThat(node.peerCount()).isZero();
        assertThat(node.effects(Effect.PublishSample.class)).isNotEmpty();
    }

    private boolean knownSampleOfB() {
        return node.loop.look(NodeBrain::peers).stream().anyMatch(peer -> peer.sample() != null);
    }
}

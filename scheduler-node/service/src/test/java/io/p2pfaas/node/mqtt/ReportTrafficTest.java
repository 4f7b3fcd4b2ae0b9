package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ReportTrafficTest {
    private final TestCluster cluster = new TestCluster();
    private final TestNode a = cluster.node("a", TestNode.Plan.holding("NoScheduler"));
    private final TestNode b = cluster.node("b", TestNode.Plan.holding("NoScheduler"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void who_looks_asks_and_hears_what_others_report() {
        a.link.reports().look(true);
        a.link.reports().ask();
        cluster.settle();
        assertThat(b.reports.asked).containsExactly(new NodeId("a"));
        assertThat(a.reports.asked).isEmpty();

        b.link.reports().tell(bytes("{}"));
        cluster.settle();
        assertThat(a.reports.heard).containsExactly("b: {}");
        assertThat(b.reports.heard).isEmpty();
    }

    @Test
    void who_looks_no_more_hears_no_more() {
        a.link.reports().look(true);
        cluster.settle();
        a.link.reports().look(false);
        cluster.settle();

        b.link.reports().tell(bytes("{}"));
        cluster.settle();

        assertThat(a.reports.heard).isEmpty();
    }

    @Test
    void a_report_that_is_retained_may_be_of_any_age_and_is_not_shown() {
        a.transport.publish(new WireMessage(
                TestNode.TOPICS.report(new NodeId("b")),
                ByteBuffer.wrap(bytes("{}")),
                false,
                true,
                null,
                null,
                null,
                0,
                Headers.EMPTY));
        cluster.settle();

        a.link.reports().look(true);
        cluster.settle();

        assertThat(a.reports.heard).isEmpty();
        assertThat(a.counters.malformed()).isEqualTo(1);
    }

    @Test
    void a_link_that_is_lost_and_found_is_told() {
        a.transport.cut();
        cluster.settle();
        a.transport.comeBack();
        cluster.settle();

        assertThat(a.reports.links).containsExactly(true, false, true);
    }

    @Test
    void after_a_reconnect_everything_is_heard_again() {
        a.link.reports().look(true);
        cluster.settle();
        a.transport.cut();
        cluster.settle();
        a.transport.comeBack();
        cluster.settle();

        b.link.reports().tell(bytes("1"));
        b.link.reports().look(true);
        b.link.reports().ask();
        cluster.settle();

        assertThat(a.reports.heard).containsExactly("b: 1");
        assertThat(a.reports.asked).containsExactly(new NodeId("b"));
    }
}

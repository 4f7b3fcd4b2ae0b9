package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.ManualClock;
import java.net.ConnectException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class LinkLifeTest {
    private static final LinkLife.Cause REFUSED =
            new LinkLife.Cause(new ConnectException("Connection refused"), OptionalInt.empty(), false);
    private static final LinkLife.Cause LOST =
            new LinkLife.Cause(new IllegalStateException("closed by the server"), OptionalInt.empty(), false);

    private final ManualClock clock = new ManualClock();
    private final LinkTrouble trouble = new LinkTrouble(clock);
    /** Without chance: each pause is as long as it may be. */
    private final LinkLife life = new LinkLife(TestLinks.to("a", "b"), "p2pfaas/n1", trouble, bound -> bound);

    private LinkLife.Ended ended(LinkLife.Cause cause) {
        return life.ended(cause, clock.getAsLong());
    }

    private boolean connected() {
        return life.connected(clock.getAsLong());
    }

    private LinkTrouble.Failure lastFailure() {
        return trouble.seen().failure().orElseThrow();
    }

    @Test
    void an_attempt_that_fails_is_told_with_its_reason_and_the_next_broker_is_tried() {
        assertThat(life.address()).isEqualTo("mqtt://a:1883");
        LinkLife.Ended ended = ended(REFUSED);

        assertThat(ended.wasUp()).isFalse();
        assertThat(ended.failure()).contains("connection refused: nothing listens there");
        assertThat(ended.pauseNanos()).isEqualTo(BrokerChoice.FIRST_BOUND_NANOS);
        assertThat(life.address()).isEqualTo("mqtt://b:1883");
        assertThat(lastFailure().broker()).isEqualTo("mqtt://a:1883");
        assertThat(lastFailure().wasUp()).isFalse();
    }

    @Test
    void a_connection_that_is_lost_is_no_failed_attempt_and_the_first_broker_is_tried() {
        ended(REFUSED);
        assertThat(connected()).isTrue();
        LinkLife.Ended ended = ended(LOST);

        assertThat(ended.wasUp()).isTrue();
        assertThat(ended.failure()).isEmpty();
        assertThat(life.isUp()).isFalse();
        assertThat(life.broker().host()).isEqualTo("a");
        assertThat(lastFailure().broker()).isEqualTo("mqtt://b:1883");
        assertThat(trouble.seen().lossesLastMinute()).isEqualTo(1);
    }

    @Test
    void the_same_connection_comes_up_once() {
        assertThat(connected()).isTrue();
        assertThat(connected()).isFalse();
        assertThat(life.isUp()).isTrue();
    }

    @Test
    void another_client_of_this_nodes_name_is_named() {
        connected();
        ended(new LinkLife.Cause(LOST.error(), OptionalInt.empty(), true));

        assertThat(trouble.seen().takeovers()).isEqualTo(1);
        assertThat(lastFailure().reason()).isEqualTo("another client of this node's name has connected: p2pfaas/n1");
    }

    @Test
    void the_brokers_refusal_counts_for_more_than_what_the_client_threw() {
        assertThat(ended(new LinkLife.Cause(LOST.error(), OptionalInt.of(0x86), false))
                        .failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("wrong user or password"));
    }

    @Test
    void a_renewal_is_no_trouble_and_goes_to_the_same_broker() {
        ended(REFUSED);
        connected();
        LinkTrouble.Failure before = lastFailure();
        assertThat(life.renews()).isTrue();
        LinkLife.Ended ended = ended(LOST);

        assertThat(ended.wasUp()).isTrue();
        assertThat(ended.failure()).isEmpty();
        assertThat(life.broker().host()).isEqualTo("b");
        assertThat(lastFailure()).isEqualTo(before);
        assertThat(trouble.seen().lossesLastMinute()).isZero();
    }

    @Test
    void a_loss_at_the_moment_of_a_renewal_is_a_loss() {
        connected();
        assertThat(life.renews()).isTrue();
        life.renewalFailed();
        ended(LOST);

        assertThat(trouble.seen().lossesLastMinute()).isEqualTo(1);
    }

    @Test
    void only_a_connection_that_is_there_can_be_renewed() {
        assertThat(life.renews()).isFalse();
        connected();
        life.close();
        assertThat(life.renews()).isFalse();
    }

    @Test
    void the_end_of_a_closed_link_is_no_trouble() {
        connected();
        life.close();
        LinkLife.Ended ended = ended(LOST);

        assertThat(ended.wasUp()).isTrue();
        assertThat(life.isUp()).isFalse();
        assertThat(trouble.seen().failure()).isEmpty();
    }
}

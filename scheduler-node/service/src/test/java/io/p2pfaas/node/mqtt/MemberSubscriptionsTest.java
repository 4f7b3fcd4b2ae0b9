package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.node.Effect.Membership;
import io.p2pfaas.core.policy.SpillGroup;
import io.p2pfaas.node.testing.InMemoryBroker;
import io.p2pfaas.node.testing.InMemoryTransport;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MemberSubscriptionsTest {
    private static final String SLOT_F = "$share/spill/p2pfaas/v1/spill/f/+";
    private static final String SLOT_G = "$share/spill/p2pfaas/v1/spill/g/+";
    private static final String QUEUE_F = "$share/spill/p2pfaas/v1/spillq/f/+";

    private final InMemoryBroker broker = new InMemoryBroker();
    private final InMemoryTransport transport = broker.transport("a");
    private final MemberSubscriptions members =
            new MemberSubscriptions(TestNode.TOPICS, transport, Set.of(new FunctionName("g"), new FunctionName("f")));

    @BeforeEach
    void connect() {
        transport.start(new DeafListener(), TestCluster.call("will", "", null, null));
        broker.deliverAll();
    }

    private boolean isMember(String filter) {
        broker.deliverAll();
        return broker.hasSubscriber(filter);
    }

    @Test
    void a_member_subscribes_for_every_function() {
        members.change(new Membership(SpillGroup.SLOT, true, 1));
        assertThat(isMember(SLOT_F)).isTrue();
        assertThat(isMember(SLOT_G)).isTrue();
        assertThat(isMember(QUEUE_F)).isFalse();
        members.change(new Membership(SpillGroup.SLOT, false, 2));
        assertThat(isMember(SLOT_F)).isFalse();
    }

    @Test
    void effects_in_the_wrong_order_end_in_the_newest() {
        members.change(new Membership(SpillGroup.SLOT, false, 2));
        members.change(new Membership(SpillGroup.SLOT, true, 1));
        assertThat(isMember(SLOT_F)).isFalse();
        members.change(new Membership(SpillGroup.SLOT, true, 5));
        members.change(new Membership(SpillGroup.SLOT, false, 4));
        members.change(new Membership(SpillGroup.SLOT, true, 3));
        assertThat(isMember(SLOT_F)).isTrue();
    }

    @Test
    void groups_do_not_know_each_others_versions() {
        members.change(new Membership(SpillGroup.QUEUE, true, 9));
        members.change(new Membership(SpillGroup.SLOT, true, 1));
        assertThat(isMember(SLOT_F)).isTrue();
        assertThat(isMember(QUEUE_F)).isTrue();
    }

    @Test
    void a_new_connection_gets_what_was_wished_meanwhile() {
        members.change(new Membership(SpillGroup.SLOT, true, 1));
        members.change(new Membership(SpillGroup.QUEUE, true, 2));
        transport.cut();
        members.change(new Membership(SpillGroup.QUEUE, false, 3));
        transport.comeBack();
        broker.deliverAll();
        members.renew();
        assertThat(isMember(SLOT_F)).isTrue();
        assertThat(isMember(QUEUE_F)).isFalse();
    }

    @Test
    void a_node_without_functions_asks_the_broker_for_nothing() {
        MemberSubscriptions none = new MemberSubscriptions(TestNode.TOPICS, transport, Set.of());
        none.change(new Membership(SpillGroup.SLOT, true, 1));
        none.renew();
        assertThat(isMember(SLOT_F)).isFalse();
    }

    @Test
    void memberships_follow_the_functions() {
        members.change(new Membership(SpillGroup.SLOT, true, 1));

        members.functions(Set.of(new FunctionName("f"), new FunctionName("h")));

        assertThat(isMember(SLOT_F)).isTrue();
        assertThat(isMember(SLOT_G)).isFalse();
        assertThat(isMember("$share/spill/p2pfaas/v1/spill/h/+")).isTrue();
        assertThat(isMember(QUEUE_F)).isFalse();
        members.functions(Set.of());
        members.functions(Set.of(new FunctionName("g")));
        assertThat(isMember(SLOT_F)).isFalse();
        assertThat(isMember(SLOT_G)).isTrue();
    }

    @Test
    void functions_that_come_while_no_membership_is_wanted_are_subscribed_with_it() {
        members.functions(Set.of(new FunctionName("f"), new FunctionName("h")));
        assertThat(isMember(SLOT_F)).isFalse();

        members.change(new Membership(SpillGroup.QUEUE, true, 1));

        assertThat(isMember(QUEUE_F)).isTrue();
        assertThat(isMember("$share/spill/p2pfaas/v1/spillq/h/+")).isTrue();
        assertThat(isMember(SLOT_F)).isFalse();
    }
}

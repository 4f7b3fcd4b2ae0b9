package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.testing.InMemoryBroker;
import io.p2pfaas.node.testing.InMemoryTransport;
import io.p2pfaas.node.testing.ManualClock;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OwnPresenceTest {
    private static final NodeId A = new NodeId("a");
    private static final FunctionName F = new FunctionName("f");
    private static final FunctionName G = new FunctionName("g");
    private static final String TOPIC = "p2pfaas/v1/node/a/state";
    private static final Presence ONLINE = new Presence(A, PeerState.ONLINE, 7, "test", 4, Set.of(F), "host:1");

    private final InMemoryBroker broker = new InMemoryBroker();
    private final InMemoryTransport transport = broker.transport("a");
    private final ManualClock clock = new ManualClock();
    private final List<Set<FunctionName>> functionsHeard = new ArrayList<>();
    private final OwnPresence own = new OwnPresence(ONLINE, TestNode.TOPICS, transport, clock, functions -> {
        assertThat(said()).as("the others hear of it after").isEmpty();
        functionsHeard.add(functions);
    });

    @BeforeEach
    void connect() {
        transport.start(new DeafListener(), own.will());
        broker.deliverAll();
    }

    /** What was published of the node, in order. */
    private List<Presence> said() {
        broker.deliverAll();
        List<Presence> said = new ArrayList<>();
        for (WireMessage message : broker.published(TOPIC)) {
            Presence.decode(A, message.payload()).then(said::add, problem -> {
                throw new AssertionError(problem);
            });
        }
        return said;
    }

    @Test
    void a_change_is_said_with_all_the_rest() {
        own.slots(9);
        own.announce();

        assertThat(said()).containsExactly(ONLINE.withSlots(9), ONLINE.withSlots(9));
    }

    @Test
    void other_functions_are_said_and_the_same_ones_are_not() {
        own.functions(Set.of(F));
        assertThat(said()).isEmpty();
        own.functions(Set.of(F, G));

        assertThat(said()).containsExactly(ONLINE.withFunctions(Set.of(F, G)));
        assertThat(functionsHeard).containsExactly(Set.of(F, G));
    }

    @Test
    void who_drains_is_not_online_and_may_still_change() {
        own.drains();
        own.slots(2);

        assertThat(own.isOnline()).isFalse();
        assertThat(said())
                .containsExactly(
                        ONLINE.withState(PeerState.DRAINING),
                        ONLINE.withState(PeerState.DRAINING).withSlots(2));
    }

    @Test
    void who_has_left_says_nothing_any_more() {
        own.announce();
        own.leaves();
        own.slots(9);
        own.functions(Set.of(G));
        own.heard(ONLINE.withState(PeerState.LOST));

        assertThat(said()).extracting(Presence::state).containsExactly(PeerState.ONLINE, PeerState.LOST);
        assertThat(broker.retained(TOPIC)).isNull();
        assertThat(functionsHeard).isEmpty();
    }

    @Test
    void the_will_names_no_functions() {
        transport.cut();

        assertThat(said()).containsExactly(ONLINE.withState(PeerState.LOST).withFunctions(Set.of()));
    }

    @Test
    void a_presence_that_the_broker_does_not_take_is_said_without_functions() {
        transport.limitPayloads(ONLINE.encode(TestNode.TOPICS).payload().remaining() - 1);
        own.announce();

        assertThat(said()).containsExactly(ONLINE.withFunctions(Set.of()));
    }

    @Test
    void the_own_will_that_comes_late_is_put_right() {
        own.heard(ONLINE.withState(PeerState.LOST));

        assertThat(said()).containsExactly(ONLINE);
        assertThat(own.twinNanos()).isEmpty();
    }

    @Test
    void another_node_of_its_name_is_noted_and_not_answered() {
        own.heard(ONLINE);
        assertThat(own.twinNanos()).as("that was this node").isEmpty();
        own.heard(new Presence(A, PeerState.ONLINE, 99, "test", 1, Set.of(), "elsewhere:1"));

        assertThat(own.twinNanos()).hasValue(clock.getAsLong());
        assertThat(said()).isEmpty();
    }
}

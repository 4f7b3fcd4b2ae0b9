package io.p2pfaas.node.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.peers.PeerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChangesTest {
    private final EventLog events = new EventLog(() -> 0);
    private final Changes changes = new Changes(events, 3);

    private static NodeFacts facts(String scheduler, int slots, long ageOfPeer) {
        return new NodeFacts(
                true,
                scheduler,
                0,
                List.of(),
                Map.of(),
                List.of(peer("n1", true, slots, 0), peer("n2", false, 1, ageOfPeer)),
                Set.of());
    }

    private static NodeFacts withNewcomer() {
        NodeFacts.PeerFacts unheard = new NodeFacts.PeerFacts(
                new NodeId("n3"), false, PeerState.ONLINE, false, "", "", Set.of(), Optional.empty(), Long.MAX_VALUE);
        return new NodeFacts(true, "A", 0, List.of(), Map.of(), List.of(peer("n1", true, 1, 0), unheard), Set.of());
    }

    private static NodeFacts.PeerFacts peer(String id, boolean self, int slots, long age) {
        return new NodeFacts.PeerFacts(
                new NodeId(id),
                self,
                PeerState.ONLINE,
                false,
                "",
                "",
                Set.of(),
                Optional.of(new Load(0, slots, 0, 0)),
                age);
    }

    private List<String> kinds() {
        return events.newest().stream().map(EventLog.Entry::kind).toList();
    }

    @Test
    void the_first_look_is_no_news_and_neither_is_the_same_again() {
        changes.note(facts("A", 1, 0), false);
        changes.note(facts("A", 1, 0), false);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void another_policy_and_other_slots_are_told() {
        changes.note(facts("A", 1, 0), false);
        changes.note(facts("B", 2, 0), true);
        assertThat(kinds()).containsExactlyInAnyOrder("policy", "capacity");
    }

    @Test
    void each_change_of_the_link_is_told_between_two_looks_too() {
        changes.link(false);
        changes.link(true);
        changes.note(facts("A", 1, 0), true);
        changes.link(false);
        changes.link(false);
        changes.link(true);
        changes.note(facts("A", 1, 0), true);
        assertThat(kinds()).containsExactly("link_up", "link_down", "link_up");
    }

    @Test
    void a_peer_that_falls_silent_is_told_once_and_when_it_is_heard_again() {
        changes.note(facts("A", 1, 0), true);
        changes.note(facts("A", 1, 4), true);
        changes.note(facts("A", 1, 9), true);
        changes.note(facts("A", 1, 0), true);
        assertThat(kinds()).containsExactly("peer_heard", "peer_silent");
    }

    @Test
    void one_who_has_just_come_is_not_silent_until_it_should_have_been_heard() {
        changes.note(facts("A", 1, 0), true);
        for (int second = 0; second < 5; second++) {
            changes.note(withNewcomer(), true);
        }
        assertThat(kinds()).isEmpty();
        changes.note(withNewcomer(), true);
        changes.note(withNewcomer(), true);
        assertThat(kinds()).containsExactly("peer_silent");
    }

    @Test
    void the_log_keeps_the_newest_hundred() {
        for (int i = 0; i < 150; i++) {
            events.add("x", "number " + i);
        }
        assertThat(events.newest()).hasSize(EventLog.CAPACITY);
        assertThat(events.newest().get(0).text()).isEqualTo("number 149");
    }
}

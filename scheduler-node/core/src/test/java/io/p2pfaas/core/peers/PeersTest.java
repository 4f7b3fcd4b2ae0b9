package io.p2pfaas.core.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.PeerView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PeersTest {
    private static final NodeId ME = new NodeId("me");
    private static final NodeId A = new NodeId("a");
    private static final FunctionName F = new FunctionName("f");
    private static final long STALE = 3_000;

    private final Peers peers = new Peers(ME, STALE, 5);
    private final SplittableRandom random = new SplittableRandom(1);

    private boolean online(NodeId id, long session) {
        return peers.present(id, PeerState.ONLINE, session, Set.of(F));
    }

    private boolean hear(NodeId id, long session, long seq, int running, long now) {
        return peers.hear(new Sample(id, session, seq, new Load(running, 4, 0, 4)), now);
    }

    private List<PeerView> draw(int count, boolean fresh, long now) {
        return peers.draw(count, F, fresh, id -> false, now, random);
    }

    @Test
    void a_node_is_not_its_own_peer() {
        assertThat(online(ME, 1)).isFalse();
        assertThat(peers.size()).isZero();
    }

    @Test
    void a_sample_of_somebody_who_is_not_there_is_ignored() {
        assertThat(hear(A, 1, 1, 0, 0)).isFalse();
        assertThat(peers.view(A, 0).load()).isNull();
    }

    @Test
    void unknown_is_never_idle() {
        online(A, 1);
        assertThat(peers.view(A, 0).estimate()).isEqualTo(Integer.MAX_VALUE);
        assertThat(draw(1, true, 0)).isEmpty();
        assertThat(draw(1, false, 0)).hasSize(1);
    }

    @Test
    void a_sample_is_fresh_for_three_heartbeats_by_the_own_clock() {
        online(A, 1);
        hear(A, 1, 1, 2, 1_000);
        assertThat(draw(1, true, 1_000 + STALE - 1)).hasSize(1);
        assertThat(draw(1, true, 1_000 + STALE)).isEmpty();
        assertThat(peers.view(A, 1_000 + STALE).load()).isNull();
    }

    @Test
    void samples_that_were_overtaken_are_dropped() {
        online(A, 2);
        assertThat(hear(A, 2, 5, 3, 0)).isTrue();
        assertThat(hear(A, 2, 5, 0, 1)).isFalse();
        assertThat(hear(A, 2, 4, 0, 1)).isFalse();
        assertThat(hear(A, 1, 9, 0, 1)).isFalse();
        assertThat(peers.view(A, 1).estimate()).isEqualTo(3);
    }

    @Test
    void own_forwards_count_until_a_newer_sample_or_an_answer() {
        online(A, 1);
        hear(A, 1, 1, 2, 0);
        peers.forwarded(A);
        peers.forwarded(A);
        assertThat(peers.view(A, 0).estimate()).isEqualTo(4);
        peers.answered(A);
        assertThat(peers.view(A, 0).estimate()).isEqualTo(3);
        hear(A, 1, 2, 3, 0);
        assertThat(peers.view(A, 0).estimate()).isEqualTo(3);
        peers.answered(A);
        assertThat(peers.view(A, 0).estimate()).isEqualTo(3);
    }

    @Test
    void a_restarted_peer_starts_unknown() {
        online(A, 1);
        hear(A, 1, 9, 0, 0);
        online(A, 2);
        assertThat(peers.view(A, 0).load()).isNull();
        assertThat(hear(A, 2, 1, 1, 0)).isTrue();
    }

    @Test
    void presence_of_a_former_session_is_ignored() {
        online(A, 5);
        assertThat(peers.present(A, PeerState.LOST, 4, Set.of())).isFalse();
        assertThat(peers.isLive(A, F)).isTrue();
    }

    @Test
    void a_lost_or_draining_peer_is_no_candidate() {
        online(A, 1);
        peers.present(A, PeerState.DRAINING, 1, Set.of(F));
        assertThat(peers.isLive(A, F)).isFalse();
        peers.present(A, PeerState.LOST, 1, Set.of());
        assertThat(peers.find(A)).isNull();
    }

    @Test
    void a_suspect_is_no_candidate_until_it_is_heard_of_in_this_session() {
        online(A, 2);
        peers.suspect(A);
        assertThat(draw(1, false, 0)).isEmpty();
        hear(A, 1, 50, 0, 0);
        assertThat(draw(1, false, 0)).isEmpty();
        hear(A, 2, 1, 0, 0);
        assertThat(draw(1, false, 0)).hasSize(1);
    }

    @Test
    void only_peers_that_have_the_function_are_drawn() {
        peers.present(A, PeerState.ONLINE, 1, Set.of(new FunctionName("other")));
        assertThat(draw(1, false, 0)).isEmpty();
        assertThat(peers.someoneNames(F)).isFalse();
        assertThat(peers.someoneNames(new FunctionName("other"))).isTrue();
    }

    @Test
    void ids_from_the_network_are_bounded() {
        for (int i = 0; i < 9; i++) {
            online(new NodeId("p" + i), 1);
        }
        assertThat(peers.size()).isEqualTo(5);
    }

    @Test
    void all_are_listed_by_id() {
        online(new NodeId("c"), 1);
        online(new NodeId("b"), 1);
        assertThat(peers.all()).extracting(peer -> peer.id().value()).containsExactly("b", "c");
    }

    @Test
    void peers_are_drawn_without_repetition_and_evenly() {
        for (int i = 0; i < 5; i++) {
            online(new NodeId("p" + i), 1);
        }
        Map<NodeId, Integer> first = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            List<PeerView> drawn = draw(3, false, 0);
            assertThat(new HashSet<>(drawn)).hasSize(3);
            first.merge(drawn.get(0).id(), 1, Integer::sum);
        }
        assertThat(first.values()).hasSize(5).allMatch(count -> count > 1_800 && count < 2_200);
    }

    @Test
    void excluded_peers_are_not_drawn_even_if_nobody_else_is_there() {
        online(A, 1);
        assertThat(peers.draw(3, F, false, A::equals, 0, random)).isEmpty();
    }
}

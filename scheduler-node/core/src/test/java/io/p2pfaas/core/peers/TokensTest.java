package io.p2pfaas.core.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.PeerView;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TokensTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final FunctionName F = new FunctionName("f");
    private static final FunctionName G = new FunctionName("g");
    private static final long LIFE = 3_000;

    private final Peers peers = new Peers(new NodeId("me"), LIFE, 5);
    private final Tokens tokens = new Tokens(peers, LIFE);

    @BeforeEach
    void two_peers_are_online() {
        peers.present(A, PeerState.ONLINE, 1, Set.of(F));
        peers.present(B, PeerState.ONLINE, 1, Set.of(F));
    }

    private static Sample sample(NodeId peer, long seq, int running) {
        return new Sample(peer, 1, seq, new Load(running, 4, 0, 0));
    }

    private void token(NodeId peer, long seq, int running, long now) {
        peers.hear(sample(peer, seq, running), now);
        tokens.add(sample(peer, seq, running), now);
    }

    private @Nullable NodeId newest(FunctionName function, List<NodeId> excluded, long now) {
        PeerView view = tokens.newest(function, excluded::contains, now);
        return view == null ? null : view.id();
    }

    private @Nullable NodeId newest(long now) {
        return newest(F, List.of(), now);
    }

    @Test
    void the_newest_token_is_named_first_and_each_is_used_once() {
        token(A, 1, 3, 0);
        token(B, 1, 3, 10);
        assertThat(newest(20)).isEqualTo(B);
        assertThat(newest(20)).as("looking does not use it").isEqualTo(B);
        tokens.use(B);
        assertThat(newest(20)).isEqualTo(A);
        tokens.use(A);
        assertThat(newest(20)).isNull();
    }

    @Test
    void without_a_token_nobody_is_named() {
        peers.hear(sample(A, 1, 0), 0);
        assertThat(newest(1)).isNull();
    }

    @Test
    void a_token_is_thrown_away_when_it_is_too_old() {
        token(A, 1, 3, 0);
        assertThat(newest(LIFE - 1)).isEqualTo(A);
        peers.hear(sample(A, 2, 3), LIFE - 1);
        assertThat(newest(LIFE)).isNull();
        assertThat(tokens.size()).isZero();
    }

    @Test
    void a_newer_sample_that_says_full_voids_it() {
        token(A, 1, 3, 0);
        peers.hear(sample(A, 2, 4), 10);
        assertThat(newest(20)).isNull();
        assertThat(tokens.size()).isZero();
    }

    @Test
    void own_forwards_that_take_the_last_slot_void_a_second_token() {
        token(A, 1, 3, 0);
        token(A, 2, 3, 0);
        tokens.use(A);
        peers.forwarded(A);
        assertThat(newest(20)).isNull();
    }

    @Test
    void a_restarted_or_lost_peer_has_given_none() {
        token(A, 1, 3, 0);
        peers.present(A, PeerState.ONLINE, 2, Set.of(F));
        assertThat(newest(10)).isNull();

        token(B, 1, 3, 20);
        peers.present(B, PeerState.LOST, 1, Set.of());
        assertThat(newest(30)).isNull();
    }

    @Test
    void tokens_of_strangers_and_of_former_sessions_are_not_taken() {
        tokens.add(sample(new NodeId("stranger"), 1, 0), 0);
        tokens.add(new Sample(A, 0, 1, new Load(0, 4, 0, 0)), 0);
        assertThat(tokens.size()).isZero();
    }

    @Test
    void a_token_of_no_use_for_this_call_is_kept_for_another() {
        token(A, 1, 3, 0);
        assertThat(newest(G, List.of(), 10)).isNull();
        assertThat(newest(F, List.of(A), 10)).isNull();
        peers.suspect(A);
        assertThat(newest(10)).isNull();
        peers.hear(sample(A, 2, 3), 20);
        assertThat(newest(30)).isEqualTo(A);
    }

    @Test
    void a_token_that_comes_twice_is_one() {
        token(A, 1, 2, 0);
        token(A, 1, 2, 5);
        assertThat(tokens.size()).isEqualTo(1);
    }

    @Test
    void no_more_are_kept_than_is_allowed_and_the_oldest_go() {
        token(B, 1, 3, 0);
        for (int i = 0; i < 2 * Tokens.MAX; i++) {
            token(A, 1 + i, 0, 1);
        }
        assertThat(tokens.size()).isEqualTo(Tokens.MAX);
        assertThat(newest(F, List.of(A), 2)).as("the oldest").isNull();
    }
}

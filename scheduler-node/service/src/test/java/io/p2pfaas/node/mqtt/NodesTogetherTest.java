package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.Effect;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.runtime.FakeRuntime;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.wire.Presence;
import io.p2pfaas.node.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two or three nodes, whole but for sockets, containers and threads, on one in-memory broker. */
final class NodesTogetherTest {
    private final TestCluster cluster = new TestCluster();
    private final List<TestNode> nodes = new ArrayList<>();

    private TestNode node(String name, TestNode.Plan plan) {
        TestNode node = cluster.node(name, plan);
        nodes.add(node);
        return node;
    }

    private TestNode holding(String name, String policy) {
        return node(name, TestNode.Plan.holding(policy));
    }

    @AfterEach
    void every_call_is_accounted_for() {
        for (TestNode node : nodes) {
            Counters counters = node.brainCounters();
            for (boolean peers : List.of(false, true)) {
                long ended = 0;
                for (EndState state : EndState.values()) {
                    ended += counters.endedIn(state, peers);
                }
                assertThat(ended + counters.inFlightFrom(peers) + (peers ? counters.handedOnCalls() : 0))
                        .as("%s, peers' calls: %s", node.id, peers)
                        .isEqualTo(counters.receivedFrom(peers));
            }
            assertThat(counters.policyFaults()).isZero();
        }
    }

    @Test
    void a_forwarded_call_carries_everything_there_and_back() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = node("b", TestNode.Plan.answering("NoScheduler(true)", TestCluster.echo()));
        LocalCaller caller = a.call("hello");
        cluster.settle();
        assertThat(caller.path()).containsExactly("a", "b");
        Response response = caller.response();
        assertThat(response.status()).isEqualTo(201);
        assertThat(caller.body()).isEqualTo("hello");
        assertThat(response.headers().toString()).isEqualTo("[Content-Type, text/echo, X-Function, yes]");
        FakeRuntime.Running ran = b.runtime.started().get(0);
        assertThat(ran.request().path() + "?" + ran.request().query()).isEqualTo("/x?a=b");
        assertThat(ran.request().headers().toString()).isEqualTo("[Content-Type, text/plain, X-Mine, 1]");
        assertThat(a.runtime.started()).isEmpty();
    }

    @Test
    void a_failure_at_the_peer_is_told_as_it_was() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = holding("b", "NoScheduler(true)");
        LocalCaller caller = a.call("hello");
        cluster.settle();
        b.runtime.started().get(0).breakWith(Reason.FUNCTION_BROKEN, "it said \"no\"\n");
        cluster.settle();
        assertThat(caller.end().state()).isEqualTo(EndState.FAILED);
        assertThat(caller.end().reason()).isEqualTo(Reason.FUNCTION_BROKEN);
        assertThat(caller.end().payload()).isInstanceOfSatisfying(Outcome.Remote.class, remote -> {
            Outcome.Broken broken = (Outcome.Broken) remote.outcome();
            assertThat(broken.detail()).isEqualTo("it said \"no\"\n");
        });
    }

    @Test
    void a_refused_call_goes_elsewhere() {
        TestNode a = holding("a", "BrokerMatch(eager)");
        TestNode b = holding("b", "NoScheduler(true)");
        LocalCaller first = a.call("first");
        LocalCaller forced = a.call("to b", Routing.FORWARD);
        cluster.settle();
        assertThat(b.runtime.runningCount()).isEqualTo(1);
        LocalCaller refused = a.call("refused by b, then here", Routing.FORWARD);
        cluster.settle();
        assertThat(a.brainCounters().refusalsHeard()).isEqualTo(1);
        assertThat(refused.end().reason()).as("a is full too").isEqualTo(Reason.NO_SLOT);
        TestNode c = node("c", TestNode.Plan.answering("NoScheduler(true)", TestCluster.echo()));
        LocalCaller elsewhere = a.call("refused by b perhaps, then c", Routing.FORWARD);
        cluster.settle();
        assertThat(elsewhere.path()).last().isEqualTo("c");
        assertThat(c.runtime.started()).hasSize(1);
        assertThat(first.answers() + forced.answers()).isZero();
    }

    @Test
    void a_token_leads_the_overflow_to_the_node_that_gave_it() {
        TestNode a = holding("a", "JoinIdleQueue(1)");
        TestNode b = holding("b", "JoinIdleQueue(1)");
        cluster.settle();
        assertThat(b.effects(Effect.Tell.class)).hasSize(1);
        LocalCaller here = a.call("here");
        LocalCaller there = a.call("there");
        cluster.settle();
        assertThat(b.runtime.runningCount()).isEqualTo(1);
        b.runtime.started().get(0).answer(TestCluster.response(200, "b"));
        cluster.settle();
        assertThat(there.path()).containsExactly("a", "b");
        assertThat(here.answers()).isZero();
        assertThat(a.brainCounters().refusalsHeard()).isZero();
        assertThat(b.effects(Effect.Tell.class)).as("its slot is free again").hasSize(2);
    }

    @Test
    void a_node_with_a_free_slot_pulls_a_call_that_waits_elsewhere() {
        TestNode a = node("a", new TestNode.Plan(1, 2, "PullFromQueue", 7, false, FakeRuntime.holding()));
        TestNode b = holding("b", "PullFromQueue");
        LocalCaller here = a.call("here");
        LocalCaller pulled = a.call("pulled");
        cluster.pass(Duration.ofMillis(400));
        assertThat(b.runtime.runningCount()).isEqualTo(1);
        b.runtime.started().get(0).answer(TestCluster.response(200, "b"));
        cluster.settle();
        assertThat(pulled.path()).containsExactly("a", "b");
        assertThat(here.answers()).isZero();
        assertThat(a.brainCounters().refusalsHeard()).isZero();
    }

    @Test
    void the_broker_deals_overflow_to_who_has_room() {
        TestNode a = holding("a", "BrokerMatch(eager)");
        TestNode b = holding("b", "BrokerMatch(eager)");
        TestNode c = holding("c", "BrokerMatch(eager)");
        List<LocalCaller> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(a.call("call " + i));
            cluster.settle();
        }
        for (TestNode node : List.of(a, b, c)) {
            assertThat(node.runtime.runningCount()).as("on " + node.id).isEqualTo(1);
        }
        assertThat(callers.get(3).end().reason()).as("nobody has room").isEqualTo(Reason.NO_TAKER);
        for (TestNode node : List.of(a, b, c)) {
            node.runtime.started().get(0).answer(TestCluster.response(200, "by " + node.id));
        }
        cluster.settle();
        assertThat(callers.subList(0, 3))
                .extracting(LocalCaller::body)
                .containsExactlyInAnyOrder("by a", "by b", "by c");
    }

    @Test
    void a_lazy_member_that_has_become_full_deals_on() {
        TestNode a = holding("a", "BrokerMatch(lazy)");
        TestNode b = holding("b", "BrokerMatch(lazy)");
        TestNode c = holding("c", "BrokerMatch(lazy)");
        LocalCaller ofB = b.call("keeps b busy");
        LocalCaller ofA = a.call("keeps a busy");
        LocalCaller caller = a.call("overflow");
        cluster.settle();
        assertThat(c.runtime.started()).hasSize(1);
        c.runtime.started().get(0).answer(TestCluster.response(200, "by c"));
        cluster.settle();
        assertThat(caller.body()).isEqualTo("by c");
        assertThat(caller.path()).startsWith("a").endsWith("c");
        assertThat(ofA.answers() + ofB.answers()).isZero();
    }

    @Test
    void a_body_that_may_run_once_is_booked_first_and_sent_once() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = node("b", TestNode.Plan.answering("NoScheduler(true)", TestCluster.echo()));
        LocalCaller caller = a.call("hello");
        cluster.settle();
        List<WireMessage> forwards = cluster.broker.published("p2pfaas/v1/node/b/from/a/fwd/+");
        assertThat(forwards).hasSize(2);
        assertThat(forwards.get(0).properties().first("body-follows")).isEqualTo("5");
        assertThat(forwards.get(0).payload().remaining()).isZero();
        assertThat(forwards.get(1).payload().remaining()).isEqualTo(5);
        assertThat(forwards.get(1).properties().first("call"))
                .isNotNull()
                .isEqualTo(forwards.get(0).properties().first("call"));
        assertThat(caller.body()).isEqualTo("hello");
        assertThat(b.runtime.started()).hasSize(1);
    }

    @Test
    void a_body_that_is_too_large_for_a_peer_is_not_sent_there() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = holding("b", "NoScheduler(true)");
        LocalCaller caller = a.call("x".repeat(70_000));
        cluster.settle();
        assertThat(cluster.broker.published("p2pfaas/v1/node/b/from/a/fwd/+")).hasSize(1);
        assertThat(b.counters.malformed()).as("b's own limit is lower").isEqualTo(1);
        cluster.pass(Duration.ofSeconds(3));
        assertThat(a.runtime.started()).as("b said nothing, so it runs here").hasSize(1);
        a.runtime.started().get(0).answer(TestCluster.response(200, "here"));
        assertThat(caller.body()).isEqualTo("here");
    }

    @Test
    void a_peer_that_dies_before_it_agreed_costs_nothing_but_time() {
        TestNode a = node("a", TestNode.Plan.holding("ForwardScheduler(1)").withIdempotentFunctions());
        TestNode b = holding("b", "NoScheduler(true)");
        LocalCaller caller = a.call("hello");
        cluster.settle();
        b.transport.cut();
        cluster.settle();
        assertThat(a.peerCount()).isZero();
        a.runtime.started().get(0).answer(TestCluster.response(200, "here"));
        assertThat(caller.path()).containsExactly("a");
        assertThat(caller.body()).isEqualTo("here");
    }

    @Test
    void a_peer_that_dies_while_it_runs_the_call_fails_it() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = holding("b", "NoScheduler(true)");
        LocalCaller caller = a.call("hello");
        cluster.pass(Duration.ofMillis(100));
        b.transport.cut();
        cluster.settle();
        assertThat(caller.end().reason()).isEqualTo(Reason.PEER_LOST);
    }

    @Test
    void a_call_that_may_run_twice_is_run_elsewhere_when_its_peer_dies_and_the_late_answer_is_dropped() {
        TestNode a = node("a", TestNode.Plan.holding("BrokerMatch(eager)").withIdempotentFunctions());
        LocalCaller first = a.call("keeps a busy");
        TestNode b = holding("b", "NoScheduler(true)");
        cluster.broker.publish(
                TestCluster.call("p2pfaas/v1/node/a/fn/echo", "overflow", "p2pfaas/v1/cli/me/rsp", "c1"));
        List<WireMessage> replies = cluster.broker.inbox("p2pfaas/v1/cli/me/rsp");
        cluster.settle();
        assertThat(replies).as("b is no member of the group").hasSize(1);

        TestNode.Plan member = TestNode.Plan.holding("BrokerMatch(eager)");
        TestNode c = node("c", member);
        cluster.broker.publish(
                TestCluster.call("p2pfaas/v1/node/a/fn/echo", "overflow", "p2pfaas/v1/cli/me/rsp", "c2"));
        cluster.pass(Duration.ofMillis(100));
        assertThat(c.runtime.runningCount()).isEqualTo(1);
        a.runtime.started().get(0).answer(TestCluster.response(200, "free again"));
        c.transport.cut();
        cluster.settle();
        assertThat(a.runtime.runningCount()).as("taken back").isEqualTo(1);
        a.runtime.started().get(1).answer(TestCluster.response(200, "by a"));
        c.runtime.started().get(0).answer(TestCluster.response(200, "too late"));
        c.transport.comeBack();
        cluster.settle();
        assertThat(replies).hasSize(2);
        assertThat(TestCluster.text(replies.get(1).payload())).isEqualTo("by a");
        assertThat(a.brainCounters().lateAnswers()).isEqualTo(1);
        assertThat(first.answers()).isEqualTo(1);
        assertThat(b.runtime.started()).isEmpty();
    }

    @Fault(
            in = Fault.Area.NETWORK,
            fault = "the origin is cut off before the peer agreed",
            promise = "the call runs at the origin")
    @Test
    void a_cut_at_the_origin_before_the_peer_agreed_brings_the_call_home() {
        TestNode a = node("a", TestNode.Plan.holding("ForwardScheduler(1)").withIdempotentFunctions());
        TestNode b = holding("b", "NoScheduler(true)");
        LocalCaller caller = a.call("hello");
        cluster.settle();
        a.transport.cut();
        assertThat(a.runtime.started()).hasSize(1);
        a.runtime.started().get(0).answer(TestCluster.response(200, "here"));
        assertThat(caller.body()).isEqualTo("here");
        b.runtime.started().get(0).answer(TestCluster.response(200, "there"));
        a.transport.comeBack();
        cluster.pass(Duration.ofSeconds(1));
        assertThat(caller.answers()).isEqualTo(1);
        assertThat(a.brainCounters().lateAnswers()).isEqualTo(1);
    }

    @Fault(
            in = Fault.Area.NETWORK,
            fault = "the origin is cut off after the peer agreed",
            promise = "the answer is waited for")
    @Test
    void a_cut_at_the_origin_after_the_peer_agreed_waits_for_the_answer() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = holding("b", "NoScheduler(true)");
        LocalCaller caller = a.call("hello");
        cluster.pass(Duration.ofMillis(100));
        a.transport.cut();
        assertThat(a.runtime.started()).isEmpty();
        b.runtime.started().get(0).answer(TestCluster.response(200, "there"));
        cluster.pass(Duration.ofMillis(500));
        assertThat(caller.answers()).isZero();
        a.transport.comeBack();
        cluster.pass(Duration.ofMillis(500));
        assertThat(caller.body()).isEqualTo("there");
    }

    @Test
    void while_the_broker_is_gone_calls_run_here_and_forwards_stop() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = holding("b", "NoScheduler(true)");
        a.transport.cut();
        cluster.settle();
        LocalCaller caller = a.call("hello");
        cluster.settle();
        assertThat(a.effects(Effect.Forward.class)).isEmpty();
        a.runtime.started().get(0).answer(TestCluster.response(200, "here"));
        assertThat(caller.body()).isEqualTo("here");
        assertThat(b.runtime.started()).isEmpty();
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "a peer restarts with the same id while it has a call",
            promise = "answers of its former life count no more")
    @Test
    void a_peer_that_restarted_is_another_one() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = holding("b", "NoScheduler(true)");
        LocalCaller caller = a.call("hello");
        cluster.pass(Duration.ofMillis(100));
        // The broker has not noticed that the old life ended when the new one is there.
        TestNode restarted =
                node("b", TestNode.Plan.holding("NoScheduler(true)").withSession(TestNode.SESSION + 1));
        assertThat(caller.end().reason()).isEqualTo(Reason.PEER_LOST);
        assertThat(a.peerCount()).isEqualTo(1);
        assertThat(restarted.runtime.started()).isEmpty();
        assertThat(b.runtime.started()).hasSize(1);
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "every publish is delivered twice",
            promise = "each call runs once and is answered once")
    @Test
    void forwards_that_arrive_twice_and_answers_that_arrive_twice_do_no_harm() {
        cluster.broker.duplicate(message -> true);
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = node("b", TestNode.Plan.answering("NoScheduler(true)", TestCluster.echo()));
        for (int i = 0; i < 20; i++) {
            LocalCaller caller = a.call("call " + i);
            cluster.settle();
            assertThat(caller.body()).isEqualTo("call " + i);
        }
        assertThat(b.runtime.started()).hasSize(20);
        assertThat(a.brainCounters().lateAnswers())
                .as("that a slot is kept, and the result")
                .isEqualTo(40);
    }

    @Fault(in = Fault.Area.NODE, fault = "a peer leaves while calls are sent to it", promise = "they run elsewhere")
    @Test
    void a_draining_node_refuses_peers_calls_and_they_run_elsewhere() {
        TestNode a = holding("a", "ForwardScheduler(1)");
        TestNode b = holding("b", "NoScheduler(true)");
        b.link.drain();
        cluster.settle();
        LocalCaller caller = a.call("hello");
        cluster.settle();
        a.runtime.started().get(0).answer(TestCluster.response(200, "here"));
        assertThat(caller.path()).containsExactly("a");
        assertThat(b.runtime.started()).isEmpty();
    }

    @Test
    void a_node_that_leaves_is_no_peer_any_more() {
        TestNode a = holding("a", "NoScheduler(true)");
        TestNode b = holding("b", "NoScheduler(true)");
        assertThat(a.peerCount()).isEqualTo(1);
        cluster.broker.publish(Presence.deletion(TestNode.TOPICS, b.id));
        b.transport.close();
        cluster.settle();
        assertThat(a.peerCount()).isZero();
        assertThat(cluster.broker.retained("p2pfaas/v1/node/b/state")).isNull();
    }

    @Test
    void power_of_n_probes_and_forwards_to_the_idle_one() {
        TestNode a = holding("a", "PowerOfNScheduler(2,1,true,1)");
        TestNode b = holding("b", "PowerOfNScheduler(2,1,true,1)");
        TestNode c = holding("c", "PowerOfNScheduler(2,1,true,1)");
        LocalCaller ofB = b.call("keeps b busy");
        LocalCaller ofA = a.call("keeps a busy");
        LocalCaller overflow = a.call("overflow");
        cluster.settle();
        assertThat(a.brainCounters().probesSent()).isEqualTo(2);
        c.runtime.started().get(0).answer(TestCluster.response(200, "by c"));
        cluster.settle();
        assertThat(overflow.path()).containsExactly("a", "c");
        assertThat(ofA.answers() + ofB.answers()).isZero();
    }
}

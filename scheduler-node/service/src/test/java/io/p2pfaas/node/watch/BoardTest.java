package io.p2pfaas.node.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.peers.PeerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BoardTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final FunctionName ECHO = new FunctionName("echo");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Board.Frame FRAME = new Board.Frame("p2pfaas", true, "mqtt://b:1883", 0.5, false, 1);

    private final EventLog events = new EventLog(() -> 0);
    private final CallStatistics statistics = new CallStatistics();
    private final Board board = new Board(N1, 3 * SECOND, statistics, events);

    private static NodeFacts.PeerFacts node(NodeId id, long ageNanos, boolean suspect) {
        return new NodeFacts.PeerFacts(
                id,
                id.equals(N1),
                PeerState.ONLINE,
                suspect,
                "127.0.0.1:1",
                "1.0",
                Set.of(ECHO),
                Optional.of(new Load(1, 4, 0, 4)),
                ageNanos);
    }

    private static NodeFacts facts(NodeFacts.PeerFacts... others) {
        return facts(Set.of(), others);
    }

    private static NodeFacts facts(Set<NodeId> left, NodeFacts.PeerFacts... others) {
        List<NodeFacts.PeerFacts> all = new ArrayList<>(List.of(node(N1, 0, false)));
        all.addAll(List.of(others));
        return new NodeFacts(
                true,
                "NoScheduler",
                7,
                List.of(new NodeFacts.FunctionFacts(ECHO, "builtin", true, OptionalInt.of(2))),
                Map.of("slots", "4"),
                all,
                left);
    }

    private static JsonNode json(byte[] text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private JsonNode board(NodeFacts facts, boolean complete, long nowNanos) {
        return json(board.text(FRAME, facts, complete, nowNanos));
    }

    private static ByteBuffer report(String json) {
        return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_node_that_is_not_heard_of_is_silent_and_one_that_did_not_answer_too() {
        assertThat(board(facts(node(N2, 2 * SECOND, false)), true, 0)
                        .at("/nodes/1/state")
                        .asText())
                .isEqualTo("online");
        assertThat(board(facts(node(N2, 4 * SECOND, false)), true, 0)
                        .at("/nodes/1/state")
                        .asText())
                .isEqualTo("silent");
        assertThat(board(facts(node(N2, 0, true)), true, 0).at("/nodes/1/state").asText())
                .isEqualTo("silent");
    }

    @Test
    void a_node_that_is_gone_is_shown_as_lost_for_a_minute_with_growing_age() {
        board(facts(node(N2, 0, false)), true, 0);
        JsonNode gone = board(facts(), true, SECOND);
        assertThat(gone.at("/nodes/1/state").asText()).isEqualTo("lost");

        JsonNode later = board(facts(), true, 11 * SECOND);
        assertThat(later.at("/nodes/1/sample/ageMillis").asLong()).isEqualTo(10_000);

        assertThat(board(facts(), true, 90 * SECOND).path("nodes")).hasSize(1);
    }

    @Test
    void a_node_that_has_left_is_not_told_as_lost() {
        board(facts(node(N2, 0, false)), true, 0);

        assertThat(board(facts(Set.of(N2)), true, SECOND).at("/nodes/1/state").asText())
                .isEqualTo("left");
        assertThat(board(facts(Set.of(N2)), true, 90 * SECOND).path("nodes")).hasSize(1);
    }

    @Test
    void who_comes_later_is_told_who_is_gone_since() {
        board.note(facts(node(N2, 0, false)), 0);
        board.note(facts(), SECOND);

        assertThat(board(facts(), true, 2 * SECOND).at("/nodes/1/state").asText())
                .isEqualTo("lost");
    }

    @Test
    void a_report_of_another_node_is_shown_with_its_age_and_forgotten_with_the_node() {
        assertThat(board.heard(N2, report("{\"ready\":true,\"events\":[{\"agoMillis\":5,\"kind\":\"x\"}]}"), 0))
                .isTrue();
        JsonNode shown = board(facts(node(N2, 0, false)), true, 2 * SECOND);
        assertThat(shown.at("/nodes/1/report/ready").asBoolean()).isTrue();
        assertThat(shown.at("/nodes/1/report/ageMillis").asLong()).isEqualTo(2000);
        assertThat(shown.at("/events/0/node").asText()).isEqualTo("n2");
        assertThat(shown.at("/events/0/agoMillis").asLong()).isEqualTo(2005);
    }

    @Test
    void cold_starts_of_peers_are_shown_and_not_made_up_for_those_that_tell_none() {
        NodeId older = new NodeId("n3");
        board.heard(N2, report("{\"functions\":[{\"name\":\"echo\",\"coldStarts\":3,\"replicas\":1}]}"), 0);
        board.heard(older, report("{\"functions\":[{\"name\":\"echo\",\"replicas\":1}]}"), 0);

        JsonNode shown = board(facts(node(N2, 0, false), node(older, 0, false)), true, 0);

        assertThat(shown.at("/nodes/1/report/functions/0/coldStarts").asLong()).isEqualTo(3);
        assertThat(shown.at("/nodes/2/report/functions/0").has("coldStarts")).isFalse();
    }

    @Test
    void what_is_no_report_is_refused() {
        assertThat(board.heard(N2, report("[]"), 0)).isFalse();
        assertThat(board.heard(N2, report("{"), 0)).isFalse();
        assertThat(board.heard(N2, report("{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}"), 0))
                .isFalse();
        assertThat(board.heard(N2, ByteBuffer.wrap(new byte[ReportText.MAX_BYTES + 1]), 0))
                .isFalse();
    }

    @Test
    void what_makes_no_sense_in_a_report_is_left_out_and_the_rest_is_shown() {
        String odd =
                "{\"ready\":\"yes\",\"scheduler\":{},\"functions\":\"all\",\"reasons\":{\"a\":1},\"slow\":[{\"id\":\"c\"},7],"
                        + "\"forwards\":[{\"peer\":[]},{\"peer\":\"n3\",\"sent\":\"many\",\"lost\":4}],\"config\":{\"slots\":4,\"queue\":\"8\"},"
                        + "\"events\":[{\"agoMillis\":9e18,\"kind\":\"x\"}],\"rates\":{\"received\":\"1\",\"done\":2},\"uptimeSeconds\":-1,"
                        + "\"history\":{\"stepMillis\":0,\"done\":[1]},\"new\":{\"any\":[\"thing\"]}}";
        assertThat(board.heard(N2, report(odd), 0)).isTrue();

        JsonNode shown = board(facts(node(N2, 0, false)), true, 0);

        assertThat(shown.at("/nodes/1/report"))
                .isEqualTo(json(("{\"forwards\":[{\"peer\":\"n3\",\"lost\":4}],\"config\":{\"queue\":\"8\"},"
                                + "\"rates\":{\"done\":2},\"new\":{\"any\":[\"thing\"]},\"ageMillis\":0}")
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(shown.path("slow")).isEmpty();
        assertThat(shown.at("/events/0/agoMillis").asLong()).isZero();
    }

    @Test
    void a_node_keeps_nothing_back_of_its_own_report() {
        events.add("link_up", "the link is up");
        statistics.ended(new EndedCall(
                "c1", ECHO, 0, SECOND, EndState.DONE, null, List.of(N1), new EndedCall.Parts(0, 0, 0, SECOND)));
        statistics.tick(new FakeCounters().copy(), new Load(0, 4, 0, 4), Set.of(ECHO), 0);
        byte[] own = board.report(facts(node(N2, 0, false)), true, 0);
        JsonNode before = json(own);
        ObjectNode after = (ObjectNode) json(own);

        ReportForm.tidy(after);

        assertThat(after).isEqualTo(before);
    }

    @Test
    void reports_of_many_nodes_are_bounded_together_and_the_own_one_has_room() {
        String large = "{\"new\":\"" + "x".repeat(100_000) + "\"}";
        int taken = 0;
        for (int i = 0; i < 200; i++) {
            taken += board.heard(new NodeId("x" + i), report(large), 0) ? 1 : 0;
        }
        assertThat(taken * large.length()).isBetween(Reports.MAX_BYTES * 9 / 10, Reports.MAX_BYTES);

        board.report(facts(), true, 0);
        JsonNode shown = board(facts(), true, 0);
        assertThat(shown.at("/nodes/0/report/ready").asBoolean()).isTrue();
        // Nobody knows those nodes, so there is room again.
        assertThat(board.heard(N2, report(large), 0)).isTrue();
    }

    @Test
    void a_node_that_reports_all_the_time_is_read_now_and_then() {
        long gap = TimeUnit.MILLISECONDS.toNanos(10);
        for (int i = 0; i < 100; i++) {
            assertThat(board.heard(N2, report("{\"uptimeSeconds\":" + i + "}"), i * gap))
                    .isTrue();
        }
        JsonNode shown = board(facts(node(N2, 0, false)), true, 100 * gap);
        assertThat(shown.at("/nodes/1/report/uptimeSeconds").asInt()).isEqualTo(80);
    }

    @Test
    void a_report_of_many_small_values_is_none() {
        assertThat(board.heard(N2, report("{\"a\":[" + "{},".repeat(30_000) + "1]}"), 0))
                .isFalse();
    }

    @Test
    void a_node_with_very_many_functions_is_shown_with_some() {
        Set<FunctionName> many = IntStream.range(0, 5000)
                .mapToObj(i -> new FunctionName("f" + i))
                .collect(Collectors.toSet());
        NodeFacts.PeerFacts full = new NodeFacts.PeerFacts(
                N2, false, PeerState.ONLINE, false, "", "", many, Optional.of(new Load(1, 4, 0, 4)), 0);

        assertThat(board(facts(full), true, 0).at("/nodes/1/functions")).hasSize(1000);
    }

    @Test
    void charts_are_in_the_first_board_and_then_only_when_they_have_a_new_point() {
        NodeFacts facts = facts();
        board.report(facts, false, 0);
        assertThat(board(facts, true, 0).at("/nodes/0/report").has("history")).isTrue();
        assertThat(board(facts, false, 0).at("/nodes/0/report").has("history")).isTrue();
        board.report(facts, false, SECOND);
        assertThat(board(facts, false, SECOND).at("/nodes/0/report").has("history"))
                .isFalse();
        board.report(facts, true, 2 * SECOND);
        assertThat(board(facts, false, 2 * SECOND).at("/nodes/0/report").has("history"))
                .isTrue();
    }

    @Test
    void the_own_report_tells_functions_settings_and_events() {
        events.add("link_up", "the link is up");
        statistics.executed(ECHO, true, SECOND);
        JsonNode report = json(board.report(facts(), false, SECOND));

        assertThat(report.at("/config/slots").asText()).isEqualTo("4");
        assertThat(report.at("/events/0/agoMillis").asLong()).isEqualTo(1000);
        assertThat(report.path("scheduler").asText()).isEqualTo("NoScheduler");
    }

    @Test
    void slow_calls_of_all_nodes_are_one_list() {
        statistics.ended(new EndedCall(
                "c1", ECHO, 0, SECOND, EndState.DONE, null, List.of(N1), new EndedCall.Parts(0, 0, 0, SECOND)));
        statistics.tick(new FakeCounters().copy(), new Load(0, 4, 0, 4), Set.of(ECHO), 0);
        board.report(facts(), false, 0);
        board.heard(N2, report("{\"slow\":[{\"id\":\"c2\",\"totalMillis\":2000}]}"), 0);

        JsonNode shown = board(facts(node(N2, 0, false)), true, 0);

        assertThat(shown.at("/slow/0/id").asText()).isEqualTo("c2");
        assertThat(shown.at("/slow/1/id").asText()).isEqualTo("c1");
        assertThat(shown.at("/slow/1/parts/run").asDouble()).isEqualTo(1000);
    }
}

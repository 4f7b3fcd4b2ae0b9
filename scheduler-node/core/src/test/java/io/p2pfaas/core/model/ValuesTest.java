package io.p2pfaas.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small values that cannot be wrong. */
final class ValuesTest {
    private static Call call(Arrival arrival, List<NodeId> path) {
        return new Call(1, new FunctionName("f"), arrival, path, 0, 0, true, Routing.POLICY, 0, Payload.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "n-1_B", "0123456789", "_", "-"})
    void ids_are_letters_digits_dash_and_underscore(String text) {
        assertThat(new NodeId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a/b", "a+b", "#", "$share", "a b", "é", "a\n"})
    void anything_that_means_something_in_a_topic_is_no_id(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeId(text)).withMessageContaining(text);
    }

    @Test
    void ids_and_names_are_bounded() {
        assertThat(NodeId.isValid("x".repeat(64))).isTrue();
        assertThat(NodeId.isValid("x".repeat(65))).isFalse();
        assertThat(FunctionName.isValid("x".repeat(64))).isTrue();
        assertThat(FunctionName.isValid("x".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "-x", "_x", "a/b", "a b", "a%2f"})
    void a_function_name_is_no_path(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FunctionName(text));
    }

    @Test
    void a_function_name_may_have_dots() {
        assertThat(new FunctionName("resize.v2-x_1")).hasToString("resize.v2-x_1");
    }

    @Test
    void a_load_knows_what_is_free() {
        assertThat(new Load(3, 4, 0, 0).hasFreeSlot()).isTrue();
        assertThat(new Load(3, 4, 1, 2).hasFreeSlot()).isFalse();
        assertThat(new Load(4, 4, 1, 2).hasRoom()).isTrue();
        assertThat(new Load(4, 4, 2, 2).hasRoom()).isFalse();
        assertThat(new Load(4, 4, 1, 2).total()).isEqualTo(5);
        assertThat(new Load(4, 4, 1, 2).capacity()).isEqualTo(6);
        assertThatIllegalArgumentException().isThrownBy(() -> new Load(-1, 4, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Load(0, 0, 0, 0));
    }

    @Test
    void samples_are_ordered_by_session_and_then_by_number() {
        Load load = new Load(0, 1, 0, 0);
        NodeId a = new NodeId("a");
        assertThat(new Sample(a, 2, 1, load).isNewerThan(new Sample(a, 1, 9, load)))
                .isTrue();
        assertThat(new Sample(a, 1, 2, load).isNewerThan(new Sample(a, 1, 1, load)))
                .isTrue();
        assertThat(new Sample(a, 1, 1, load).isNewerThan(new Sample(a, 1, 1, load)))
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Sample(a, -1, 0, load));
    }

    @Test
    void a_call_has_a_path_exactly_if_a_peer_sent_it() {
        List<NodeId> path = new ArrayList<>(List.of(new NodeId("a")));
        Call call = call(Arrival.SPILL, path);
        path.clear();

        assertThat(call.hops()).isOne();
        assertThat(call.pathThrough(new NodeId("b"))).containsExactly(new NodeId("a"), new NodeId("b"));
        assertThatIllegalArgumentException().isThrownBy(() -> call(Arrival.CLIENT, List.of(new NodeId("a"))));
        assertThatIllegalArgumentException().isThrownBy(() -> call(Arrival.DIRECT, List.of()));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_ends_a_call_in_a_state_that_is_not_done(Reason reason) {
        assertThat(End.of(reason).state()).isNotEqualTo(EndState.DONE);
        assertThat(reason.label()).matches("[a-z_]+");
    }

    @Test
    void an_end_has_a_reason_exactly_if_it_is_not_done() {
        assertThat(End.done(Payload.NONE).reason()).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new End(EndState.FAILED, null, Payload.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new End(EndState.DONE, Reason.NO_SLOT, Payload.NONE));
    }

    @Test
    void a_placement_names_at_least_one_node() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Placement(List.of(), 0, 0, 0, 0));
        Placement remote = new Placement(List.of(new NodeId("a"), new NodeId("b")), 0, 0, 0, 1);
        assertThat(remote.isRemote()).isTrue();
        assertThat(remote.hops()).isOne();
    }
}

package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.runtime.docker.Replica.State;
import org.junit.jupiter.api.Test;

final class ReplicasTest {
    private final Replicas replicas = new Replicas(2);

    private static Replica add(Replicas to, State state, int running) {
        Replica replica = to.add();
        replica.state = state;
        replica.running = running;
        return replica;
    }

    private Replica add(State state, int running) {
        return add(replicas, state, running);
    }

    @Test
    void only_a_warm_one_with_a_free_place_takes_a_call() {
        add(State.STARTING, 0);
        add(State.PAUSED, 0);
        add(State.LEAVING, 1);
        Replica full = add(State.READY, 1);
        full.abandoned = 1;
        assertThat(replicas.freest()).isNull();
        Replica free = add(State.READY, 1);

        assertThat(replicas.freest()).isSameAs(free);
    }

    @Test
    void the_one_with_the_fewest_calls_is_taken_and_of_equals_the_one_used_last() {
        add(State.READY, 1).idleSinceNanos = 9;
        add(State.READY, 0).idleSinceNanos = 3;
        Replica usedLast = add(State.READY, 0);
        usedLast.idleSinceNanos = 5;

        assertThat(replicas.freest()).isSameAs(usedLast);
    }

    @Test
    void without_a_limit_there_is_always_a_place() {
        Replicas unlimited = new Replicas(0);
        Replica busy = add(unlimited, State.READY, 1_000);

        assertThat(unlimited.freest()).isSameAs(busy);
        assertThat(unlimited.missingFor(1_000)).isEqualTo(1);
    }

    @Test
    void as_many_are_missing_as_the_waiting_calls_fill_besides_those_that_come() {
        assertThat(replicas.missingFor(0)).isZero();
        assertThat(replicas.missingFor(1)).isEqualTo(1);
        assertThat(replicas.missingFor(5)).isEqualTo(3);
        add(State.STARTING, 0);
        add(State.UNPAUSING, 0);
        assertThat(replicas.missingFor(5)).isEqualTo(1);
        assertThat(replicas.missingFor(1)).isZero();
    }

    @Test
    void one_that_is_to_wake_again_is_not_woken_twice() {
        Replica paused = add(State.PAUSED, 0);
        Replica pausing = add(State.PAUSING, 0);
        add(State.PAUSING, 0).wakeAgain = true;

        assertThat(replicas.asleep(9)).containsExactly(paused, pausing);
        assertThat(replicas.asleep(1)).containsExactly(paused);
        assertThat(replicas.asleep(0)).isEmpty();
        assertThat(replicas.missingFor(1)).as("that one comes").isZero();
    }

    @Test
    void the_least_busy_is_the_youngest_of_equals_and_none_that_goes_anyway() {
        assertThat(replicas.leastBusy()).isNull();
        add(State.READY, 1);
        Replica young = add(State.READY, 1);
        add(State.LEAVING, 0);

        assertThat(replicas.leastBusy()).isSameAs(young);
    }

    @Test
    void those_that_go_are_there_but_do_not_stay() {
        Replica leaving = add(State.LEAVING, 1);
        add(State.STARTING, 0);
        add(State.PAUSED, 0);

        assertThat(replicas.staying()).isEqualTo(2);
        assertThat(replicas.available()).isEqualTo(1);
        assertThat(replicas.isAnyWarm()).isFalse();
        assertThat(replicas.contains(leaving)).isTrue();
        replicas.remove(leaving);
        assertThat(replicas.contains(leaving)).isFalse();
        assertThat(replicas.all()).hasSize(2);
    }

    @Test
    void a_number_is_not_given_twice() {
        Replica first = replicas.add();
        replicas.remove(first);

        assertThat(replicas.isEmpty()).isTrue();
        assertThat(replicas.add().number).isEqualTo(first.number + 1);
    }
}

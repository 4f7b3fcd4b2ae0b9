package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private final Timeline time = new Timeline();

    private record Planned(long atNanos, int order) {}

    private static Happening run(Runnable action) {
        return new Happening() {
            @Override
            void happen() {
                action.run();
            }
        };
    }

    @Test
    void things_happen_by_time_and_those_of_the_same_moment_in_the_order_of_planning() {
        SplittableRandom random = new SplittableRandom(1);
        List<Planned> planned = new ArrayList<>();
        List<Planned> happened = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Planned one = new Planned(random.nextLong(300), i);
            planned.add(one);
            time.plan(one.atNanos(), run(() -> happened.add(one)));
        }

        time.runUntil(1000);

        planned.sort(Comparator.comparingLong(Planned::atNanos).thenComparing(Planned::order));
        assertThat(happened).isEqualTo(planned);
        assertThat(time.nowNanos()).isEqualTo(1000);
        assertThat(time.size()).isZero();
    }

    @Test
    void what_is_planned_while_things_happen_takes_its_place() {
        List<String> story = new ArrayList<>();
        time.plan(10, run(() -> {
            time.plan(20, run(() -> story.add("third")));
            time.plan(5, run(() -> story.add("a moment that is over means now: " + time.nowNanos())));
        }));
        time.plan(20, run(() -> story.add("second")));

        time.runUntil(20);

        assertThat(story).containsExactly("a moment that is over means now: 10", "second", "third");
    }

    @Test
    void what_is_due_later_stays_planned() {
        time.plan(11, run(() -> {}));

        assertThat(time.step(10)).isFalse();
        assertThat(time.size()).isOne();
        assertThat(time.step(11)).isTrue();
    }
}

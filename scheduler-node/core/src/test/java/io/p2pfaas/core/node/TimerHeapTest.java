package io.p2pfaas.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TimerHeapTest {
    private static final class Ordered extends TimerHeap.Timer {
        long order;
    }

    private final TimerHeap heap = new TimerHeap();

    @Test
    void nothing_is_due_before_its_time() {
        Ordered timer = new Ordered();
        heap.set(timer, 10);
        assertThat(heap.pollDue(9)).isNull();
        assertThat(heap.pollDue(10)).isSameAs(timer);
        assertThat(heap.pollDue(10)).isNull();
        assertThat(heap.nextNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void what_is_due_at_the_same_time_comes_in_the_order_of_setting() {
        Ordered first = new Ordered();
        Ordered second = new Ordered();
        heap.set(second, 5);
        heap.set(first, 5);
        heap.set(second, 5);
        assertThat(heap.pollDue(5)).isSameAs(first);
        assertThat(heap.pollDue(5)).isSameAs(second);
    }

    @Test
    void a_cancelled_timer_leaves_nothing_behind() {
        Ordered timer = new Ordered();
        heap.cancel(timer);
        heap.set(timer, 5);
        heap.cancel(timer);
        assertThat(timer.isSet()).isFalse();
        assertThat(heap.size()).isZero();
    }

    @Property(tries = 300)
    void it_agrees_with_a_sorted_list(@ForAll @IntRange(max = 1_000_000) int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TimerHeap tested = new TimerHeap();
        List<Ordered> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(new Ordered());
        }
        List<Ordered> sorted = new ArrayList<>();
        Comparator<Ordered> order =
                Comparator.comparingLong((Ordered timer) -> timer.atNanos()).thenComparingLong(timer -> timer.order);
        for (int step = 0; step < 200; step++) {
            Ordered timer = all.get(random.nextInt(all.size()));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    tested.set(timer, random.nextInt(-20, 20));
                    timer.order = step;
                    sorted.remove(timer);
                    sorted.add(timer);
                }
                case 2 -> {
                    tested.cancel(timer);
                    sorted.remove(timer);
                }
                default -> {
                    sorted.sort(order);
                    long now = random.nextInt(-20, 20);
                    boolean due = !sorted.isEmpty() && sorted.get(0).atNanos() <= now;
                    assertThat(tested.pollDue(now)).isSameAs(due ? sorted.remove(0) : null);
                }
            }
            sorted.sort(order);
            assertThat(tested.size()).isEqualTo(sorted.size());
            assertThat(tested.nextNanos())
                    .isEqualTo(sorted.isEmpty() ? Long.MAX_VALUE : sorted.get(0).atNanos());
        }
    }
}

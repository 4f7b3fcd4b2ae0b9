package io.p2pfaas.load.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.campaign.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SharedGroupTest {
    private final RandomGenerator random = Seeds.generator(1);

    private List<Integer> deals(SharedGroup group, int count) {
        List<Integer> dealt = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dealt.add(group.deal(random));
        }
        return dealt;
    }

    @Test
    void members_take_turns() {
        SharedGroup group = new SharedGroup(5, SharedGroup.Deal.ROUND_ROBIN);
        group.join(3);
        group.join(0);
        group.join(4);

        assertThat(deals(group, 5)).containsExactly(3, 0, 4, 3, 0);
    }

    @Test
    void who_leaves_is_passed_over_and_who_joins_again_is_last() {
        SharedGroup group = new SharedGroup(5, SharedGroup.Deal.ROUND_ROBIN);
        group.join(1);
        group.join(2);
        group.join(3);
        group.leave(2);
        group.leave(2);
        group.join(1);

        assertThat(deals(group, 3)).containsExactly(3, 1, 3);
    }

    @Test
    void nobody_there_is_said() {
        SharedGroup group = new SharedGroup(2, SharedGroup.Deal.RANDOM);
        group.join(1);
        group.leave(1);

        assertThat(group.deal(random)).isEqualTo(-1);
        group.join(0);
        group.clear();
        assertThat(group.deal(random)).isEqualTo(-1);
        assertThat(group.size()).isZero();
    }

    @Test
    void random_deals_go_to_every_member_and_to_nobody_else() {
        SharedGroup group = new SharedGroup(10, SharedGroup.Deal.RANDOM);
        for (int node = 0; node < 10; node++) {
            group.join(node);
        }
        group.leave(0);
        group.leave(9);
        group.leave(5);

        Set<Integer> dealt = new TreeSet<>(deals(group, 500));

        assertThat(dealt).containsExactly(1, 2, 3, 4, 6, 7, 8);
    }
}

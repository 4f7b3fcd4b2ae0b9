package io.p2pfaas.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.policy.SchedulingPolicy.Membership;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MembershipsTest {
    private static final Load IDLE = new Load(0, 1, 0, 1);
    private static final Load BUSY = new Load(1, 1, 0, 1);
    private static final Load FULL = new Load(1, 1, 1, 1);

    private final Memberships memberships = new Memberships();

    private List<String> update(Membership mode, Load load, boolean takesCalls) {
        List<Effect> out = new ArrayList<>();
        int changes = memberships.update(mode, load, takesCalls, out);
        assertThat(changes).isEqualTo(out.size());
        return out.stream()
                .map(Effect.Membership.class::cast)
                .map(change -> (change.joined() ? "+" : "-") + change.group())
                .toList();
    }

    @Test
    void eager_follows_the_load() {
        assertThat(update(Membership.EAGER, IDLE, true)).containsExactly("+SLOT", "+QUEUE");
        assertThat(update(Membership.EAGER, IDLE, true)).isEmpty();
        assertThat(update(Membership.EAGER, BUSY, true)).containsExactly("-SLOT");
        assertThat(update(Membership.EAGER, FULL, true)).containsExactly("-QUEUE");
    }

    @Test
    void lazy_leaves_only_after_a_refusal_and_joins_only_with_room() {
        update(Membership.LAZY, IDLE, true);
        assertThat(update(Membership.LAZY, FULL, true)).isEmpty();
        memberships.hadToRefuse(SpillGroup.SLOT);
        assertThat(update(Membership.LAZY, BUSY, true)).containsExactly("-SLOT");
        assertThat(update(Membership.LAZY, BUSY, true)).isEmpty();
        assertThat(update(Membership.LAZY, IDLE, true)).containsExactly("+SLOT");
    }

    @Test
    void a_refusal_is_forgotten_after_one_event() {
        memberships.hadToRefuse(SpillGroup.SLOT);
        update(Membership.LAZY, IDLE, true);
        assertThat(update(Membership.LAZY, BUSY, true)).isEmpty();
    }

    @Test
    void who_takes_no_calls_or_has_another_policy_is_no_member() {
        assertThat(update(Membership.LAZY, IDLE, false)).isEmpty();
        update(Membership.LAZY, IDLE, true);
        assertThat(update(Membership.NONE, IDLE, true)).containsExactlyInAnyOrder("-SLOT", "-QUEUE");
    }
}

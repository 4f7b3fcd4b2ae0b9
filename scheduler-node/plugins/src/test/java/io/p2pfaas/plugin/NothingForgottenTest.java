package io.p2pfaas.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A method that an interface gains later, with a default, must not be lost behind what stands between. */
final class NothingForgottenTest {
    private static List<String> missing(Class<?> promised, Class<?> standsBefore) {
        List<String> missing = new ArrayList<>();
        for (Method method : promised.getMethods()) {
            boolean isThere = Arrays.stream(standsBefore.getDeclaredMethods())
                    .anyMatch(own -> own.getName().equals(method.getName())
                            && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
            if (!isThere) {
                missing.add(method.getName());
            }
        }
        return missing;
    }

    @Test
    void all_of_the_cluster_is_shown_through_the_gate() {
        assertThat(missing(ClusterView.class, GatedCluster.class)).isEmpty();
    }

    @Test
    void all_of_a_policy_is_passed_on() {
        assertThat(missing(SchedulingPolicy.class, ProvidedPolicy.class)).isEmpty();
        assertThat(missing(SchedulingPolicy.class, GuardedPolicy.class)).isEmpty();
    }

    @Test
    void all_of_a_call_is_shown_but_what_follows_from_the_rest() {
        assertThat(missing(CallView.class, GatedCall.class)).containsExactlyInAnyOrder("attemptsAt", "foundEmpty");
    }
}

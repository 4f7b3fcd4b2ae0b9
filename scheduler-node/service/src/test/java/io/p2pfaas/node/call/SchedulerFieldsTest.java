package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Routing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchedulerFieldsTest {
    private static SchedulerFields of(String... fields) {
        return SchedulerFields.of(Headers.of(fields));
    }

    @Test
    void who_asks_for_nothing_gets_the_nodes_policy() {
        assertThat(of()).isEqualTo(new SchedulerFields(Routing.POLICY, 0, 0));
        assertThat(of("X-P2pfaas-Scheduler-Other", "1", "X-P2pfaas-Scheduler-", "1", "Bypass", "1"))
                .isEqualTo(new SchedulerFields(Routing.POLICY, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "X-P2pfaas-Scheduler-Bypass, true, BYPASS",
        "x-p2pfaas-scheduler-bypass, false, BYPASS",
        "X-P2PFAAS-SCHEDULER-FORWARD, 0, FORWARD",
        "X-P2pfaas-Scheduler-Reject, no, REJECT"
    })
    void any_value_that_is_not_empty_counts(String name, String value, Routing routing) {
        assertThat(of(name, value).routing()).isEqualTo(routing);
    }

    @Test
    void an_empty_value_does_not_count() {
        assertThat(of("X-P2pfaas-Scheduler-Bypass", "", "X-P2pfaas-Scheduler-Reject", "1")
                        .routing())
                .isEqualTo(Routing.REJECT);
    }

    @Test
    void bypass_wins_over_forward_and_forward_over_reject_in_whatever_order() {
        String bypass = "X-P2pfaas-Scheduler-Bypass";
        String forward = "X-P2pfaas-Scheduler-Forward";
        String reject = "X-P2pfaas-Scheduler-Reject";
        assertThat(of(reject, "1", forward, "1", bypass, "1").routing()).isEqualTo(Routing.BYPASS);
        assertThat(of(bypass, "1", reject, "1", forward, "1").routing()).isEqualTo(Routing.BYPASS);
        assertThat(of(reject, "1", forward, "1").routing()).isEqualTo(Routing.FORWARD);
        assertThat(of(forward, "1", reject, "1").routing()).isEqualTo(Routing.FORWARD);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "' 3 ', 3", "2147483647, 2147483647"})
    void the_task_type_is_a_number(String value, int type) {
        assertThat(of("X-P2pfaas-Scheduler-Learning-Task-Type", value).taskType())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", "99999999999", "1e3"})
    void what_is_no_number_is_the_default_type(String value) {
        assertThat(of("X-P2pfaas-Scheduler-Learning-Task-Type", value).taskType())
                .isZero();
    }

    @Test
    void a_deadline_to_learn_from_is_seconds_or_has_its_unit_and_nonsense_is_none() {
        assertThat(of("X-P2pfaas-Scheduler-Learning-Deadline", "0.3").wantedWithinNanos())
                .isEqualTo(300_000_000);
        assertThat(of("x-p2pfaas-scheduler-learning-deadline", " 20ms ").wantedWithinNanos())
                .isEqualTo(20_000_000);
        for (String nonsense : List.of("soon", "-1", "1e3", "NaN", "99999999999999", " ")) {
            assertThat(of("X-P2pfaas-Scheduler-Learning-Deadline", nonsense).wantedWithinNanos())
                    .isZero();
        }
    }
}

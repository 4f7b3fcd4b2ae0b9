package io.p2pfaas.load.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.ClientSpec;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import io.p2pfaas.load.plan.Experiment.Via;
import io.p2pfaas.load.plan.Point;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LivePointTest {
    private static final Duration LENGTH = Duration.ofSeconds(100);

    private final Experiments experiments = new Experiments().nodes(2).slots(4).serviceMillis(100);

    private static Point point(String... namesAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Point(settings);
    }

    private static Agenda draw(Experiment experiment, Point point, long seed) {
        return new LivePoint(experiment, point).draw(seed, LENGTH);
    }

    private static List<PlannedCall> calls(Agenda agenda) {
        return IntStream.range(0, agenda.size()).mapToObj(agenda::call).toList();
    }

    @Test
    void rho_is_the_offered_load_per_slot_and_lambda_the_rate_of_a_node() {
        Experiment experiment = experiments.rates(1.5, 0.5).build();
        LivePoint byRho = new LivePoint(experiment, point("rho", "0.9"));
        assertThat(byRho.callsPerSecond(0)).isEqualTo(54.0);
        assertThat(byRho.callsPerSecond(1)).isEqualTo(18.0);
        assertThat(new LivePoint(experiment, point("lambda", "10")).callsPerSecond(1))
                .isEqualTo(5.0);
        assertThat(new LivePoint(experiment, point("rho", "0.9", "slots", "8")).callsPerSecond(1))
                .isEqualTo(36.0);
    }

    @Test
    void every_scheduler_gets_the_same_calls_and_every_repetition_others() {
        Experiment experiment = experiments
                .payloads(new PayloadSpec("a", 1, 3, null), new PayloadSpec("b", 2, 1, null))
                .build();
        Agenda one = draw(experiment, point("scheduler", "NoScheduler", "rho", "0.9"), 5);
        Agenda other = draw(experiment, point("scheduler", "BrokerMatch", "rho", "0.9"), 5);
        assertThat(calls(one)).isEqualTo(calls(other)).isNotEqualTo(calls(draw(experiment, point("rho", "0.9"), 6)));
    }

    @Test
    void the_calls_of_a_node_do_not_depend_on_how_many_other_nodes_there_are() {
        Agenda two = draw(experiments.build(), point("lambda", "20"), 5);
        Agenda three = draw(experiments.nodes(3).build(), point("lambda", "20"), 5);
        assertThat(dueOfNode(three, 1)).isEqualTo(dueOfNode(two, 1)).isNotEqualTo(dueOfNode(two, 0));
    }

    private static List<Long> dueOfNode(Agenda agenda, int node) {
        return calls(agenda).stream()
                .filter(call -> call.node() == node)
                .map(PlannedCall::dueNanos)
                .toList();
    }

    @Test
    void calls_are_in_the_order_of_their_due_times_and_a_node_with_rate_zero_gets_none() {
        Agenda agenda = draw(experiments.rates(0.0, 1.0).build(), point("lambda", "20"), 5);
        assertThat(calls(agenda))
                .allMatch(call -> call.node() == 1)
                .isSortedAccordingTo((a, b) -> Long.compare(a.dueNanos(), b.dueNanos()));
        assertThat(agenda.size()).isBetween(2000 - 180, 2000 + 180);
    }

    @Test
    void payloads_come_by_weight_and_clients_by_share() {
        Agenda agenda = draw(
                experiments
                        .payloads(new PayloadSpec("a", 1, 3, null), new PayloadSpec("b", 2, 1, null))
                        .clients(new ClientSpec(Via.HTTP, 1, 0), new ClientSpec(Via.MQTT5, 1, 2))
                        .build(),
                point("lambda", "50"),
                5);
        List<PlannedCall> calls = calls(agenda);
        double heavy = calls.stream().filter(call -> call.payload() == 0).count() / (double) calls.size();
        double devices = calls.stream().filter(call -> call.client() == 1).count() / (double) calls.size();
        // Some 10,000 calls: four standard deviations are 0.02.
        assertThat(heavy).isBetween(0.73, 0.77);
        assertThat(devices).isBetween(0.48, 0.52);
    }

    @Test
    void an_axis_of_another_name_is_a_node_setting_and_overrules_the_cluster() {
        Experiment experiment = experiments
                .settings(new Setting("call.heartbeat", "1s"), new Setting("broker.root", "site/a"))
                .build();
        LivePoint live = new LivePoint(
                experiment, point("rho", "0.5", "call.heartbeat", "2s", "queue", "7", "scheduler", "NoScheduler"));
        assertThat(live.shape().settings())
                .containsExactly(new Setting("call.heartbeat", "2s"), new Setting("broker.root", "site/a"));
        assertThat(live.shape().queue()).isEqualTo(7);
        assertThat(live.shape().scheduler()).isEqualTo("NoScheduler");
        assertThat(live.shape().root()).isEqualTo("site/a");
    }

    @Test
    void what_a_live_run_cannot_do_is_refused_with_a_reason() {
        assertThatThrownBy(() -> new LivePoint(experiments.build(), point("rho", "0.5", "delay", "2ms")))
                .hasMessageContaining("axis delay is simulated only");
        assertThatThrownBy(() -> new LivePoint(experiments.build(), point("scheduler", "NoScheduler")))
                .hasMessageContaining("rho or an axis lambda");
        assertThatThrownBy(() -> new LivePoint(experiments.build(), point("rho", "much")))
                .hasMessageContaining("'much'");
        assertThatThrownBy(() -> new LivePoint(experiments.build(), point("rho", "-1")))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new LivePoint(experiments.build(), point("rho", "0.5", "slots", "four")))
                .hasMessageContaining("slots is 'four'");
        assertThatThrownBy(() -> new LivePoint(experiments.rates(1, 1, 1).build(), point("rho", "0.5")))
                .hasMessageContaining("3 factors for 2 nodes");
    }
}

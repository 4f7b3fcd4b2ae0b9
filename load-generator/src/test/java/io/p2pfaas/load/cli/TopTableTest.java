package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.live.cluster.ClusterView.Sighting;
import io.p2pfaas.load.live.cluster.NodeStatus;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopTableTest {
    private static final long SECOND = 1_000_000_000L;

    private static Sighting sighting(String id, long atSeconds, int running, long received, long rejected) {
        String json = "{\"id\":\"" + id + "\",\"ready\":true,\"linkUp\":true,\"scheduler\":\"BrokerMatch(lazy, 6)\","
                + "\"running\":" + running + ",\"slots\":4,\"queued\":0,\"queueMax\":2,\"calls\":{\"received\":"
                + received
                + ",\"done\":" + (received - rejected) + ",\"rejected\":" + rejected + ",\"ranHere\":" + received + "},"
                + "\"peers\":[{\"id\":\"x\",\"state\":\"online\",\"suspect\":false,\"sampleAgeMillis\":70},"
                + "{\"id\":\"y\",\"state\":\"lost\",\"suspect\":false}]}";
        return new Sighting(URI.create("http://" + id), atSeconds * SECOND, NodeStatus.parse(json), "");
    }

    private static Sighting silent(String id, long atSeconds) {
        return new Sighting(
                URI.create("http://" + id), atSeconds * SECOND, null, "no answer from http://" + id + "\033[2J");
    }

    private static List<String> lines(List<Sighting> before, List<Sighting> now, TopTable.Order order) {
        return TopTable.text(before, now, order).lines().toList();
    }

    @Test
    void rates_are_of_the_time_between_two_looks() {
        List<String> lines = lines(
                List.of(sighting("n1", 10, 1, 100, 10)), List.of(sighting("n1", 12, 3, 150, 20)), TopTable.Order.node);
        assertThat(lines.get(0).split(" +"))
                .startsWith("NODE", "STATE", "SLOTS", "QUEUE", "CALLS/s", "DONE/s", "REJECT/s");
        assertThat(lines.get(1).split(" +"))
                .containsExactly(
                        "n1",
                        "online",
                        "3/4",
                        "0/2",
                        "25.0",
                        "20.0",
                        "5.0",
                        "0.0",
                        "25.0",
                        "1/2",
                        "70",
                        "BrokerMatch(lazy,",
                        "6)");
    }

    @Test
    void rows_come_in_the_order_asked_for_and_numbers_in_names_count() {
        List<Sighting> before =
                List.of(sighting("n10", 1, 0, 0, 0), sighting("n2", 1, 0, 0, 0), sighting("n1", 1, 0, 0, 0));
        List<Sighting> now =
                List.of(sighting("n10", 2, 1, 5, 5), sighting("n2", 2, 4, 9, 0), sighting("n1", 2, 2, 7, 1));
        assertThat(names(before, now, TopTable.Order.node)).containsExactly("n1", "n2", "n10", "(all)");
        assertThat(names(before, now, TopTable.Order.load)).containsExactly("n2", "n1", "n10", "(all)");
        assertThat(names(before, now, TopTable.Order.rejected)).containsExactly("n10", "n1", "n2", "(all)");
        assertThat(lines(before, now, TopTable.Order.node).get(4)).contains("7/12", "21.0");
    }

    private static List<String> names(List<Sighting> before, List<Sighting> now, TopTable.Order order) {
        return lines(before, now, order).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @Test
    void a_node_that_was_restarted_or_not_there_before_has_no_rates_yet() {
        assertThat(lines(List.of(sighting("n1", 1, 0, 50, 0)), List.of(sighting("n1", 2, 0, 3, 0)), TopTable.Order.node)
                        .get(1))
                .containsPattern("n1 +online +0/4 +0/2 +- ");
        assertThat(lines(List.of(silent("n1", 1)), List.of(sighting("n1", 2, 0, 3, 0)), TopTable.Order.node)
                        .get(1))
                .containsPattern("n1 +online +0/4 +0/2 +- +- +- +- +- ");
    }

    @Test
    void a_silent_node_is_said_at_the_end_without_control_characters() {
        List<String> lines =
                lines(List.of(), List.of(silent("n1", 2), sighting("n2", 2, 0, 3, 0)), TopTable.Order.node);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("no answer from http://n1?[2J");
        assertThat(lines.get(1)).startsWith("n2");
    }
}

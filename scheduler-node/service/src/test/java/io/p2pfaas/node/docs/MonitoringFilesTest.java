package io.p2pfaas.node.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts speak of metrics that docs/metrics.md lists. */
final class MonitoringFilesTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:p2pfaas|faas|jvm|process)_[a-z0-9_]+");
    private static final Pattern LISTED = Pattern.compile("^\\| `([a-z0-9_]+)` \\|", Pattern.MULTILINE);
    private static final Set<String> LABELS = Set.of("faas_invoked_name");

    private static Set<String> listed() {
        Set<String> names = new HashSet<>();
        Matcher row = LISTED.matcher(Repository.text("docs/metrics.md"));
        while (row.find()) {
            names.add(row.group(1));
        }
        return names;
    }

    private static Set<String> named(String text) {
        Set<String> names = new TreeSet<>();
        Matcher metric = METRIC.matcher(text);
        while (metric.find()) {
            names.add(metric.group().replaceFirst("_(bucket|sum|count)$", ""));
        }
        names.removeAll(LABELS);
        return names;
    }

    @Test
    void they_name_no_metric_that_is_not_listed() {
        for (String file : new String[] {"grafana-dashboard.json", "alerts.yml", "alerts-test.yml"}) {
            assertThat(listed()).as(file).containsAll(named(Repository.text("docs/monitoring/" + file)));
        }
    }

    @Test
    void the_dashboard_has_a_place_and_a_number_for_each_panel_and_chooses_by_job_node_and_function()
            throws JsonProcessingException {
        JsonNode dashboard = new ObjectMapper().readTree(Repository.text("docs/monitoring/grafana-dashboard.json"));
        Set<String> variables = new HashSet<>();
        dashboard
                .at("/templating/list")
                .forEach(variable -> variables.add(variable.path("name").asText()));
        assertThat(variables).containsExactlyInAnyOrder("datasource", "job", "node", "function");
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            assertThat(title).isNotEmpty();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            JsonNode place = panel.path("gridPos");
            for (int x = place.path("x").asInt();
                    x < place.path("x").asInt() + place.path("w").asInt();
                    x++) {
                for (int y = place.path("y").asInt();
                        y < place.path("y").asInt() + place.path("h").asInt();
                        y++) {
                    assertThat(x).as(title).isLessThan(24);
                    assertThat(cells.add(x + "," + y)).as(title + " overlaps").isTrue();
                }
            }
            assertThat(panel.path("type").asText().equals("row")
                            || !panel.path("targets").isEmpty())
                    .as(title + " asks something")
                    .isTrue();
        }
    }
}

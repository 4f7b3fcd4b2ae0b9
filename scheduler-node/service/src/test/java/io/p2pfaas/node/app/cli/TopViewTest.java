package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopViewTest {
    private static final JsonNode BOARD = json("""
            {"node":"n1","root":"p2pfaas","now":1732800000000,"link":{"up":true,"broker":"mqtt://b:1883"},
             "nodes":[
              {"id":"n1","self":true,"state":"online","version":"1.0",
               "sample":{"running":1,"slots":4,"queued":0,"queueMax":4,"ageMillis":0},
               "report":{"rates":{"received":5.0,"done":4.0,"notDone":1.0},"latencyMillis":{"p50":1.5,"p99":9.0},
                "calls":{"rejected":3},"forwards":[{"peer":"n2","lastMinute":12}],
                "functions":[{"name":"echo","usable":true,"rate":5.0,"errors":1,"p99Millis":2.0}]}},
              {"id":"n2","self":false,"state":"online","version":"1.0",
               "sample":{"running":3,"slots":4,"queued":2,"queueMax":4,"ageMillis":120},
               "report":{"rates":{"received":50.0,"done":50.0,"notDone":0.0},"latencyMillis":{"p50":null,"p99":null},
                "calls":{"rejected":0},"forwards":[],
                "functions":[{"name":"echo","usable":false,"rate":1.0,"errors":0,"p99Millis":null}]}},
              {"id":"n3","self":false,"state":"silent","version":"0.9"}],
             "events":[{"node":"n2","agoMillis":1000,"kind":"policy","text":"policy A instead of B"}]}
            """);

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<String> names(TopView view) {
        return view.nodes().lines().stream()
                .skip(1)
                .map(line -> line.substring(0, 2))
                .toList();
    }

    private static TopView key(TopView view, int key) {
        TopView next = view.onKey(key);
        if (next == null) {
            throw new AssertionError("it ended");
        }
        return next;
    }

    @Test
    void the_page_tells_the_cluster_its_rates_functions_and_events() {
        assertThat(String.join("\n", new TopView(BOARD, TopColumn.NODE, false).page(Space.UNBOUNDED)))
                .contains("nodes: 2 online, 1 silent", "calls 55.0/s", "not done 1.0/s", "(2 of 3 nodes report)")
                .containsPattern("n1 \\* +online +1/4 +0/4 +0 +5.0 +1.0 +1.5 +9.0 +12 +0 +3 +1.0")
                .containsPattern("n2 +online +3/4 +2/4 +120 +50.0 +0.0 +- +- +0 +12 +0 +1.0")
                .containsPattern("n3 +silent +- +- +- +- +- +- +- +- +0 +- +0.9")
                .containsPattern("echo +1/2 +6.0 +1 +2.0")
                .contains("2024-11-28T13:19:59Z  n2  policy A instead of B");
    }

    @Test
    void a_key_sorts_by_its_column_the_most_first_and_what_is_unknown_last() {
        TopView byName = new TopView(BOARD, TopColumn.NODE, false);
        assertThat(names(byName)).containsExactly("n1", "n2", "n3");
        assertThat(names(key(byName, 'c'))).containsExactly("n2", "n1", "n3");
        assertThat(names(key(byName, 'p'))).containsExactly("n1", "n2", "n3");
        assertThat(names(key(byName, 'R'))).containsExactly("n3", "n2", "n1");
        assertThat(names(key(key(byName, 'c'), 'R'))).containsExactly("n1", "n2", "n3");
    }

    @Test
    void a_small_terminal_shows_nodes_first_and_says_how_many_are_not_there() {
        TopView view = new TopView(BOARD, TopColumn.NODE, false);
        for (int rows = 7; rows < 20; rows++) {
            assertThat(view.page(new Space(rows, 80))).as("%s rows", rows).hasSizeLessThanOrEqualTo(rows);
        }
        assertThat(view.page(new Space(7, 80)).get(6)).startsWith("n3");
        assertThat(view.page(new Space(6, 80))).hasSize(6).last().isEqualTo("... and 2 more");
    }

    @Test
    void a_narrow_terminal_shows_whole_columns_only() {
        List<String> page = new TopView(BOARD, TopColumn.NODE, false).page(new Space(24, 60));
        assertThat(page.get(3)).isEqualTo("NODE  STATE   RUNNING  WAITING  AGE MS  CALLS/S  LOST/S");
        assertThat(page.get(4)).isEqualTo("n1 *  online      1/4      0/4       0      5.0     1.0");
    }

    @Test
    void programs_are_told_names_as_they_are_and_numbers() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TopView(BOARD, TopColumn.NODE, false)
                .numbers()
                .print(Form.CSV, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("node,state,running,slots,waiting,queue_max,age_ms,calls_s,lost_s,p50_ms,p99_ms,out_min,"
                        + "in_min,rejected,version\r\n"
                        + "n1,online,1,4,0,4,0,5.0,1.0,1.5,9.0,12,0,3,1.0\r\n"
                        + "n2,online,3,4,2,4,120,50.0,0.0,,,0,12,0,1.0\r\n"
                        + "n3,silent,,,,,,,,,,,0,,0.9\r\n");
    }

    @Test
    void what_keys_do_is_broken_between_words() {
        assertThat(TopCommand.wrapped("q end, R reverse", 8)).containsExactly("q end, R", "reverse");
        assertThat(TopCommand.wrapped("q end", Integer.MAX_VALUE)).containsExactly("q end");
    }

    @Test
    void q_ends_and_other_keys_change_nothing() {
        TopView view = new TopView(BOARD, TopColumn.NODE, false);
        assertThat(view.onKey('q')).isNull();
        assertThat(view.onKey('\n')).isEqualTo(view);
    }

    @Test
    void a_column_is_named_by_its_key_or_its_title() {
        assertThat(TopColumn.named("p")).isEqualTo(TopColumn.P99);
        assertThat(TopColumn.named("P99_MS")).isEqualTo(TopColumn.P99);
        assertThatThrownBy(() -> TopColumn.named("zz"))
                .hasMessageContaining("--sort is 'zz'")
                .hasMessageContaining("p p99_ms");
    }

    @Test
    void a_board_that_is_old_says_why() {
        JsonNode marked = Away.mark(BOARD, "refused");
        assertThat(Away.of(marked)).isEqualTo("refused");
        assertThat(Away.of(BOARD)).isEmpty();
    }
}

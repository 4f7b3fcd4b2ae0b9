package io.p2pfaas.node.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ReportsTest {
    private static final NodeId A = new NodeId("a");
    private static final int LARGE = 100_000;

    private final Reports reports = new Reports();
    private long nowNanos;

    private boolean heard(NodeId node, String json) {
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        return reports.heard(node, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), nowNanos);
    }

    private static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    private static String large() {
        return "{\"x\":\"" + "x".repeat(LARGE - 8) + "\"}";
    }

    @Test
    void the_last_report_of_each_is_kept_and_the_charts_numbers_beside_it() {
        assertThat(heard(A, "{\"n\":1,\"history\":{\"stepMillis\":5000,\"p50\":[1]}}"))
                .isTrue();
        assertThat(heard(A, "{\"n\":2}")).isTrue();

        Reports.Known known = reports.of(A).orElseThrow();
        assertThat(known.report()).hasToString("{\"n\":2}");
        assertThat(known.history())
                .hasValueSatisfying(history -> assertThat(history).hasToString("{\"stepMillis\":5000,\"p50\":[1]}"));
        assertThat(known.historyNumber()).isEqualTo(1);
        assertThat(heard(A, "{\"history\":{\"stepMillis\":5000,\"p50\":[2]}}")).isTrue();
        assertThat(reports.of(A).orElseThrow().historyNumber()).isEqualTo(2);
    }

    @Test
    void what_is_no_report_is_not_kept() {
        assertThat(heard(A, "[]")).isFalse();
        assertThat(heard(A, "{")).isFalse();
        assertThat(heard(A, "{\"x\":\"" + "x".repeat(ReportText.MAX_BYTES) + "\"}"))
                .isFalse();
        assertThat(reports.of(A)).isEmpty();
    }

    @Test
    void there_is_a_bound_for_nodes() {
        for (int i = 0; i < Reports.MAX_NODES; i++) {
            assertThat(heard(node(i), "{}")).isTrue();
        }
        assertThat(heard(A, "{}")).isFalse();
        assertThat(heard(node(0), "{\"n\":1}")).as("who is known goes on").isTrue();
        reports.keepOnly(Set.of(node(0)));
        assertThat(heard(A, "{}")).isTrue();
    }

    @Test
    void there_is_a_bound_for_all_reports_together_and_the_own_one_always_fits() {
        int fit = Reports.MAX_BYTES / LARGE;
        for (int i = 0; i < fit; i++) {
            assertThat(heard(node(i), large())).isTrue();
        }
        assertThat(heard(A, large())).isFalse();
        assertThat(heard(node(0), large())).as("in the place of its last one").isTrue();
        ObjectNode own = JsonNodeFactory.instance.objectNode().put("n", 1);
        reports.own(A, own, 2);
        assertThat(reports.of(A).orElseThrow().report()).isEqualTo(own);

        reports.keepOnly(Set.of(node(0)));
        assertThat(heard(A, large())).isTrue();
    }

    @Test
    void a_report_that_is_too_large_goes_without_the_lists_that_grow_with_the_cluster() {
        ObjectNode report = JsonNodeFactory.instance.objectNode().put("scheduler", "NoScheduler");
        for (String list : new String[] {"peers", "forwards"}) {
            report.putArray(list).add("x".repeat(LARGE));
        }
        String text = new String(ReportText.fitting(report), StandardCharsets.UTF_8);

        assertThat(text).contains("NoScheduler", "forwards").doesNotContain("peers");
        assertThat(report.has("peers")).as("here it stays").isTrue();
        report.remove("peers");
        assertThat(ReportText.fitting(report)).isEqualTo(ReportText.write(report));
    }
}

package io.p2pfaas.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pfaas.load.record.RunResult.World;
import io.p2pfaas.load.record.Runs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

final class HtmlReportTest {
    private static final String NASTY = "<script>alert('&\"\u0007')</script>";

    @TempDir
    private Path folder;

    private Report both() throws IOException {
        Path simulated = SampleFolder.of(World.SIMULATED)
                .withLoads("0.8", "0.9", "1.0")
                .withRepetitions(3)
                .write(folder.resolve("simulated"));
        Path live = SampleFolder.of(World.LIVE)
                .withLoads("0.9", "1.0")
                .withRepetitions(2)
                .write(folder.resolve("live"));
        return report(simulated, live);
    }

    private static Report report(Path... folders) throws IOException {
        List<StoredResults> read = new ArrayList<>();
        for (Path one : folders) {
            read.add(StoredResults.read(one));
        }
        return Report.of(read, SampleFolder.theory(), "");
    }

    private static Document parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_page_is_well_formed_and_every_link_in_it_leads_somewhere() throws Exception {
        Document page = parsed(both().html());

        NodeList links = page.getElementsByTagName("a");
        List<String> ids = new ArrayList<>();
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            ids.add(
                    all.item(i).getAttributes().getNamedItem("id") == null
                            ? ""
                            : all.item(i).getAttributes().getNamedItem("id").getNodeValue());
        }
        assertThat(links.getLength()).isGreaterThan(12);
        for (int i = 0; i < links.getLength(); i++) {
            String target = links.item(i).getAttributes().getNamedItem("href").getNodeValue();
            assertThat(target.startsWith("data:text/csv;base64,") || ids.contains(target.substring(1)))
                    .as(target)
                    .isTrue();
        }
    }

    @Test
    void theory_is_not_drawn_where_it_has_no_formula() throws IOException {
        assertThat(pageOf("faults: [{at: 1s, kill: n1}]")).doesNotContain("theory: pooled");
        assertThat(pageOf("arrivals: {law: bursty, on: 1s, off: 1s}")).doesNotContain("theory: pooled");
    }

    @Test
    void with_a_queue_theory_needs_exponential_service_times() throws IOException {
        int all = curves(pageOf("law: exponential", "law: exponential"));
        int without = curves(pageOf("law: exponential", "law: deterministic"));

        assertThat(without).isPositive().isLessThan(all);
    }

    /** Pieces of the pooled curve, by how it is dashed. */
    private static int curves(String page) {
        return page.split("stroke-dasharray=\"8 3 2 3\"", -1).length - 1;
    }

    /** The page of the sample with a line more in its experiment. */
    private String pageOf(String line) throws IOException {
        return pageOf("run:", line + "\nrun:");
    }

    private String pageOf(String replaced, String replacement) throws IOException {
        Path written = SampleFolder.of(World.SIMULATED).write(folder.resolve("one"));
        Path experiment = written.resolve("experiment.yaml");
        String text = Files.readString(experiment);
        assertThat(text).contains(replaced);
        Files.writeString(experiment, text.replace(replaced, replacement));
        return report(written).html();
    }

    @Test
    void the_page_needs_nothing_from_elsewhere() throws IOException {
        String page = both().html();

        assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http:", "https:", "@import", "url(", "<script", "<link", "<img", "<iframe", "src=");
        assertThat(page).contains("prefers-color-scheme: dark", "@media print", "width=device-width");
    }

    @Test
    void the_page_says_what_was_run_and_shows_all_figures() throws IOException {
        assertThat(both().html())
                .contains(
                        "overflow-8",
                        "Loss against load, with and without a queue.",
                        "<dt>machine.cores</dt><dd>2</dd>",
                        "experiment.yaml",
                        "theory: pooled",
                        "BrokerMatch, simulated",
                        "BrokerMatch, live")
                .contains(
                        "id=\"loss\"",
                        "id=\"loss-log\"",
                        "id=\"latency\"",
                        "id=\"latency-distribution\"",
                        "id=\"forwarded\"",
                        "id=\"forward-matrix\"",
                        "id=\"fairness\"",
                        "id=\"packets\"",
                        "id=\"sample-age\"",
                        "id=\"time-series\"",
                        "id=\"agreement\"",
                        "id=\"points\"");
    }

    @Test
    void names_from_files_cannot_break_the_page() throws Exception {
        Path nasty = SampleFolder.of(World.SIMULATED)
                .withSchedulers(NASTY, "BrokerMatch")
                .withLoads("0.9", "1.0")
                .write(folder.resolve("a&<b>"));
        Files.writeString(nasty.resolve("provenance.json"), "{\"<b>\": \"</dd><script>x()</script>\"}");

        String page = report(nasty).html();

        parsed(page);
        assertThat(page).doesNotContain("<script");
        assertThat(page).contains("&lt;script&gt;alert(&#39;&amp;&quot;");
        report(nasty).writeFigures(folder.resolve("figures"));
        parsed(Files.readString(folder.resolve("figures/loss.svg")));
        assertThat(report(nasty).text()).doesNotContain("\u0007").contains("<script>");
    }

    @Test
    void each_figure_is_written_as_svg_png_and_csv() throws Exception {
        Path figures = folder.resolve("figures");
        Path simulated = SampleFolder.of(World.SIMULATED)
                .withSchedulers("LeastLoadedSpill", "BrokerMatch")
                .withLoads("0.9", "1.0")
                .withRepetitions(2)
                .write(folder.resolve("simulated"));
        report(simulated).writeFigures(figures);

        List<String> names;
        try (Stream<Path> files = Files.list(figures)) {
            names = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(names).hasSize(30).contains("loss.csv", "loss.png", "loss.svg", "time-series.png");
        for (String name : names) {
            Path file = figures.resolve(name);
            if (name.endsWith(".svg")) {
                assertThat(parsed(Files.readString(file)).getDocumentElement().getAttribute("width"))
                        .matches("[0-9]+");
            } else if (name.endsWith(".png")) {
                assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThan(800);
            } else {
                assertThat(Files.readAllLines(file)).hasSizeGreaterThan(2);
            }
        }
    }

    @Test
    void the_numbers_of_a_figure_are_those_of_the_runs() throws IOException {
        SampleFolder sample = SampleFolder.of(World.SIMULATED)
                .withSchedulers("BrokerMatch")
                .withLoads("0.9")
                .withRepetitions(3);
        report(sample.write(folder.resolve("one"))).writeFigures(folder.resolve("figures"));

        double mean = sample.results().stream()
                .filter(run -> run.point().equals(Map.of("scheduler", "BrokerMatch", "rho", "0.9", "queue", "4")))
                .mapToDouble(run -> run.pB())
                .average()
                .orElseThrow();
        List<String> lines = Files.readAllLines(folder.resolve("figures/loss.csv"));
        assertThat(lines.get(0))
                .isEqualTo("series,source,queue,rho,scheduler,x,metric,unit,mean,half_width,repetitions");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("BrokerMatch,simulated,4,0.9,BrokerMatch,"))
                .singleElement()
                .asString()
                .contains("," + mean + ",")
                .endsWith(",3");
    }

    @Test
    void a_torn_line_and_missing_files_are_said_in_the_page() throws IOException {
        Path torn = SampleFolder.of(World.SIMULATED).withLoads("0.9").write(folder.resolve("torn"));
        Files.writeString(torn.resolve(Runs.FILE), "{\"world\":\"SIMUL", StandardOpenOption.APPEND);
        Files.delete(torn.resolve("provenance.json"));

        assertThat(report(torn).html()).contains("was cut off", "provenance.json is missing");
        assertThat(report(torn).text()).contains("note: ", "was cut off", "provenance.json is missing");
    }

    @Test
    void without_any_finished_run_there_is_no_report() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Files.writeString(empty.resolve(Runs.FILE), "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> report(empty))
                .withMessageContaining("no finished repetition")
                .withMessageContaining("empty");
    }

    @Test
    void a_single_point_and_a_setting_that_is_no_number_make_a_page_too() throws Exception {
        Path one = SampleFolder.of(World.LIVE)
                .withSchedulers("NoScheduler")
                .withLoads("0.9")
                .withRepetitions(1)
                .write(folder.resolve("one"));

        parsed(report(one).html());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.of(List.of(StoredResults.read(one)), TheoryCurves.NONE, "scheduler"))
                .withMessageContaining("'scheduler'")
                .withMessageContaining("rho");
    }

    @Test
    void a_large_cluster_has_a_matrix_of_blocks() throws Exception {
        Path large = SampleFolder.of(World.SIMULATED)
                .withSchedulers("BrokerMatch")
                .withLoads("0.9")
                .withRepetitions(2)
                .withNodes(100)
                .write(folder.resolve("large"));

        assertThat(report(large).html()).contains("blocks of 4 nodes");
    }

    @Test
    void simulated_and_live_are_compared_point_by_point() throws IOException {
        String text = both().text();

        // 4 schedulers, 2 loads, 2 queues; NoScheduler has no packets.
        assertThat(text).contains("live - simulated", "of 92 comparisons disagree");
    }

    @Test
    void theory_is_shown_only_where_it_has_a_formula() throws IOException {
        Path sample = SampleFolder.of(World.SIMULATED)
                .withSchedulers("NoScheduler")
                .withLoads("0.8", "0.9")
                .write(folder.resolve("sample"));
        assertThat(report(sample).html()).contains("theory: pooled");

        Path file = sample.resolve("experiment.yaml");
        String plain = Files.readString(file);
        for (String unequal : List.of("  rates: [1.5x4, 0.5x4]", "  speeds: [2x4, 1x4]")) {
            Files.writeString(file, plain.replace("cluster:\n", "cluster:\n" + unequal + "\n"));
            assertThat(report(sample).html()).as(unequal).doesNotContain("theory: pooled");
        }
        Files.writeString(file, plain + "arrivals: {law: deterministic}\n");
        assertThat(report(sample).html()).doesNotContain("theory: pooled", "there is no theory");
        Files.writeString(file, plain.replace("law: exponential", "law: deterministic"));
        assertThat(report(sample).html())
                .as("Erlang's formula needs only the mean, a queue's needs exponential times")
                .contains("theory: pooled");
    }
}

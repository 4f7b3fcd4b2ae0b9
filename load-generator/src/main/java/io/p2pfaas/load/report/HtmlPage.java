package io.p2pfaas.load.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.report.chart.Figure;
import io.p2pfaas.load.report.chart.Ink;
import io.p2pfaas.load.report.chart.Panel;
import io.p2pfaas.load.report.chart.Table;
import io.p2pfaas.load.report.chart.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The page. Well-formed as XML too, so that tools can read it. */
final class HtmlPage {
    private static final String STYLE = "report.css";

    private final Study study;
    private final List<Figure> figures;
    private final StringBuilder page = new StringBuilder();

    HtmlPage(Study study, List<Figure> figures) {
        this.study = study;
        this.figures = figures;
    }

    String text() {
        String title = title();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>%s</title>\n"
                        .formatted(Xml.text(title)))
                .append("<style>\n%s@media screen and (prefers-color-scheme: dark) {\n%s}\n</style>\n"
                        .formatted(style(), Ink.darkRules()))
                .append("</head>\n<body>\n<header>\n<h1>%s</h1>\n".formatted(Xml.text(title)));
        descriptions();
        summary();
        notes();
        Optional<Agreement> agreement = Agreement.of(study);
        contents(agreement.isPresent());
        page.append("</header>\n<main>\n");
        figures.forEach(this::figure);
        agreement.ifPresent(this::agreement);
        section("points", "All points");
        page.append("<p>Mean \u00b1 half width of the 95 % interval over repetitions.</p>\n");
        table(PointTable.of(study));
        page.append("</section>\n");
        provenance();
        page.append("</main>\n</body>\n</html>\n");
        return page.toString();
    }

    private static String style() {
        try (InputStream css = HtmlPage.class.getResourceAsStream(STYLE)) {
            return new String(Objects.requireNonNull(css, STYLE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String title() {
        return study.folders().stream().map(HtmlPage::name).distinct().collect(Collectors.joining(", "));
    }

    private static String name(StoredResults folder) {
        Experiment experiment = folder.experiment();
        return experiment == null ? folder.name() : experiment.name();
    }

    private static String description(StoredResults folder) {
        Experiment experiment = folder.experiment();
        return experiment == null ? "" : experiment.description().strip();
    }

    private void descriptions() {
        study.folders().stream()
                .map(HtmlPage::description)
                .filter(text -> !text.isEmpty())
                .distinct()
                .forEach(text -> page.append("<p>%s</p>\n".formatted(Xml.text(text))));
    }

    private void summary() {
        page.append("<ul class=\"summary\">\n");
        for (Cell.Source source : study.sources()) {
            List<Cell> cells = study.cells().stream()
                    .filter(cell -> cell.source().name().equals(source.name()))
                    .toList();
            long repetitions =
                    cells.stream().mapToLong(cell -> cell.repetitions().size()).sum();
            long calls = cells.stream().mapToLong(Cell::arrived).sum();
            page.append(String.format(
                    Locale.ROOT,
                    "<li><b>%s</b> %d points, %d repetitions, %,d calls</li>\n",
                    Xml.text(source.name()),
                    cells.size(),
                    repetitions,
                    calls));
        }
        page.append("</ul>\n");
    }

    private void notes() {
        if (!study.notes().isEmpty()) {
            page.append("<ul class=\"notes\">\n");
            study.notes().forEach(note -> page.append("<li>%s</li>\n".formatted(Xml.text(note))));
            page.append("</ul>\n");
        }
    }

    private void contents(boolean hasAgreement) {
        Map<String, String> links = new LinkedHashMap<>();
        figures.forEach(figure -> links.put(figure.id(), figure.title()));
        if (hasAgreement) {
            links.put("agreement", "Simulated against live");
        }
        links.put("points", "All points");
        links.put("provenance", "What was run");
        page.append("<nav aria-label=\"Contents\"><ul>\n");
        links.forEach((id, name) -> page.append("<li><a href=\"#%s\">%s</a></li>\n".formatted(id, Xml.text(name))));
        page.append("</ul></nav>\n");
    }

    private void section(String id, String title) {
        page.append("<section id=\"%s\">\n<h2>%s</h2>\n".formatted(id, Xml.text(title)));
    }

    private void figure(Figure figure) {
        section(figure.id(), figure.title());
        page.append("<p>%s</p>\n".formatted(Xml.text(figure.caption())));
        String legend = figure.legend().html();
        if (!legend.isEmpty()) {
            page.append("<ul class=\"legend\">\n%s</ul>\n".formatted(legend));
        }
        page.append("<div class=\"panels\">\n");
        for (Panel panel : figure.panels()) {
            page.append("<div class=\"panel\">")
                    .append(panel.svg(figure.title()))
                    .append("</div>\n");
        }
        page.append("</div>\n");
        download(figure.id() + ".csv", figure.data().csv());
        page.append("</section>\n");
    }

    /** The numbers travel in the page. */
    private void download(String name, String csv) {
        String data = Base64.getEncoder().encodeToString(csv.getBytes(StandardCharsets.UTF_8));
        page.append("<p class=\"download\"><a download=\"%s\" href=\"data:text/csv;base64,%s\">%s</a></p>\n"
                .formatted(name, data, name));
    }

    private void agreement(Agreement agreement) {
        section("agreement", "Simulated against live");
        page.append("<p>%s</p>\n".formatted(Xml.text(agreement.summary())));
        table(agreement.table());
        download("agreement.csv", agreement.table().csv());
        page.append("</section>\n");
    }

    private void table(Table table) {
        page.append("<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr>");
        table.header().forEach(cell -> page.append("<th scope=\"col\">%s</th>".formatted(Xml.text(cell))));
        page.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            page.append("<tr>");
            for (String cell : row) {
                String mark = cell.equals("no") ? " class=\"disagree\"" : "";
                page.append("<td%s>%s</td>".formatted(mark, Xml.text(cell)));
            }
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table></div>\n");
    }

    private void provenance() {
        section("provenance", "What was run");
        for (StoredResults folder : study.folders()) {
            page.append("<h3>%s</h3>\n<dl>\n".formatted(Xml.text(folder.name())));
            leaves("", folder.provenance())
                    .forEach((key, value) ->
                            page.append("<dt>%s</dt><dd>%s</dd>\n".formatted(Xml.text(key), Xml.text(value))));
            page.append("</dl>\n");
            if (!folder.experimentText().isEmpty()) {
                page.append("<details><summary>experiment.yaml</summary>\n<pre>%s</pre></details>\n"
                        .formatted(Xml.text(folder.experimentText())));
            }
        }
        page.append("</section>\n");
    }

    /** Whatever the file says, by dotted keys: the report does not have to know it all. */
    private static Map<String, String> leaves(String key, JsonNode node) {
        Map<String, String> leaves = new LinkedHashMap<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> leaves.putAll(
                            leaves(key.isEmpty() ? field.getKey() : key + "." + field.getKey(), field.getValue())));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            for (int i = 0; i < node.size(); i++) {
                leaves.putAll(leaves(key + " " + (i + 1), node.get(i)));
            }
        } else if (node.isArray()) {
            leaves.put(
                    key,
                    StreamSupport.stream(node.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(" ")));
        } else if (!node.isMissingNode()) {
            leaves.put(key, node.asText());
        }
        return leaves;
    }
}

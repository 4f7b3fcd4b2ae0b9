package io.p2pfaas.load.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.report.TheoryCurves.Loss;
import io.p2pfaas.load.report.TheoryCurves.Setting;
import io.p2pfaas.load.report.chart.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The curves of theory for a panel, where its formulas apply: equal nodes under equal load. */
final class TheoryLines {
    private static final int STEPS = 48;
    /** Of an experiment file that says nothing of them. */
    private static final String USUAL_SLOTS_AND_QUEUE = "4";

    private static final double NANOS_PER_SECOND = 1e9;

    private final TheoryCurves theory;
    private final Layout layout;

    TheoryLines(TheoryCurves theory, Layout layout) {
        this.theory = theory;
        this.layout = layout;
    }

    List<Line> of(List<Cell> panel) {
        List<Cell> along = panel.stream()
                .sorted(Comparator.comparingDouble(layout::x))
                .filter(cell -> setting(cell).isPresent())
                .toList();
        Map<String, List<Line.Dot>> curves = new LinkedHashMap<>();
        for (int i = 0; i < along.size(); i++) {
            Setting here = setting(along.get(i)).orElseThrow();
            double x = layout.x(along.get(i));
            add(curves, x, here);
            double next = i + 1 < along.size() ? layout.x(along.get(i + 1)) : x;
            if (isLoad() && next > x && here.rho() > 0) {
                between(curves, x, next, here);
            }
        }
        List<Line> lines = new ArrayList<>();
        curves.forEach((name, dots) ->
                lines.add(new Line("theory: " + name, new Line.Look(lines.size(), Line.Style.THEORY), distinct(dots))));
        return lines;
    }

    /** Between two points of the grid the curve is bent; load grows in proportion to the axis. */
    private void between(Map<String, List<Line.Dot>> curves, double from, double to, Setting atFrom) {
        for (int step = 1; step < STEPS; step++) {
            double x = from + (to - from) * step / STEPS;
            double rho = atFrom.rho() * x / from;
            add(curves, x, new Setting(atFrom.nodes(), atFrom.slots(), atFrom.queue(), rho));
        }
    }

    private void add(Map<String, List<Line.Dot>> curves, double x, Setting setting) {
        for (Loss loss : theory.losses(setting)) {
            curves.computeIfAbsent(loss.name(), name -> new ArrayList<>()).add(new Line.Dot(x, loss.pB()));
        }
    }

    private static List<Line.Dot> distinct(List<Line.Dot> dots) {
        return dots.stream().distinct().toList();
    }

    private boolean isLoad() {
        return layout.x().equals(Grid.RHO) || layout.x().equals(Grid.LAMBDA);
    }

    /** What theory needs to know of a point; empty if the results do not say it, or nodes differ. */
    static Optional<Setting> setting(Cell cell) {
        JsonNode cluster = cell.source().cluster();
        OptionalDouble slots = number(cell, Grid.SLOTS, cluster);
        OptionalDouble queue = number(cell, Grid.QUEUE, cluster);
        if (slots.isEmpty() || slots.getAsDouble() < 1 || queue.isEmpty() || !equalNodes(cluster)) {
            return Optional.empty();
        }
        if (!hasFormula(cell.source().experiment(), queue.getAsDouble() > 0)) {
            return Optional.empty();
        }
        OptionalDouble rho = SettingValue.number(cell.setting(Grid.RHO));
        OptionalDouble lambda = SettingValue.number(cell.setting(Grid.LAMBDA));
        if (rho.isEmpty() && lambda.isPresent()) {
            double seconds = cell.any().serviceNanos() / NANOS_PER_SECOND;
            rho = OptionalDouble.of(lambda.getAsDouble() * seconds / slots.getAsDouble());
        }
        return rho.isEmpty()
                ? Optional.empty()
                : Optional.of(new Setting(
                        cell.any().nodes(), (int) slots.getAsDouble(), (int) queue.getAsDouble(), rho.getAsDouble()));
    }

    /**
     * Erlang's formula holds for any service time; with a queue it must be exponential. Neither knows of other arrivals
     * than Poisson, of faults, or of cold starts.
     */
    private static boolean hasFormula(JsonNode experiment, boolean hasQueue) {
        JsonNode function = experiment.path("function");
        boolean plain =
                experiment.path("arrivals").path("law").asText("poisson").equals("poisson")
                        && experiment.path("faults").isEmpty()
                        && !function.has("cold-start");
        return plain && (!hasQueue || isExponential(function));
    }

    private static boolean isExponential(JsonNode function) {
        String law = function.path("service").path("law").asText();
        String spec = function.path("spec").asText();
        return law.isEmpty() ? spec.isEmpty() || spec.contains("dist=exp") : law.equals("exponential");
    }

    private static OptionalDouble number(Cell cell, String axis, JsonNode cluster) {
        String varied = cell.setting(axis);
        String usual = cluster.isObject() ? USUAL_SLOTS_AND_QUEUE : "";
        return SettingValue.number(varied.isEmpty() ? cluster.path(axis).asText(usual) : varied);
    }

    private static boolean equalNodes(JsonNode cluster) {
        return allEqual(cluster.path("rates")) && allEqual(cluster.path("speeds"));
    }

    private static boolean allEqual(JsonNode factors) {
        for (JsonNode factor : factors) {
            if (!factor.equals(factors.get(0))) {
                return false;
            }
        }
        return true;
    }
}

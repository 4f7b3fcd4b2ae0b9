package io.p2pfaas.load.report;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.campaign.PlannedLoad;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.ServiceLaw;
import io.p2pfaas.load.report.TheoryCurves.Loss;
import io.p2pfaas.load.report.TheoryCurves.Setting;
import io.p2pfaas.load.report.chart.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The curves of theory for a panel, where its formulas apply: equal nodes under equal load. */
final class TheoryLines {
    private static final int STEPS = 48;
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

    /** What theory needs to know of a point; empty if the experiment is unknown, or theory has no formula for it. */
    static Optional<Setting> setting(Cell cell) {
        Experiment experiment = cell.source().experiment();
        if (experiment == null || !hasFormula(experiment)) {
            return Optional.empty();
        }
        ServiceLaw service = experiment.function().service();
        PlannedLoad load;
        try {
            load = PlannedLoad.of(experiment, new Point(cell.settings()));
        } catch (NumberFormatException ignored) {
            // Runs of another experiment than the file in their folder.
            return Optional.empty();
        }
        boolean equalLoad = load.rates().stream().distinct().count() == 1;
        if (!equalLoad || (load.queue() > 0 && !(service instanceof ServiceLaw.Exponential))) {
            return Optional.empty();
        }
        double rho = load.rates().get(0) * service.meanNanos() / NANOS_PER_SECOND / load.slots();
        return Optional.of(new Setting(load.nodes(), load.slots(), load.queue(), rho));
    }

    private static boolean hasFormula(Experiment experiment) {
        return experiment.arrivals() instanceof ArrivalLaw.PoissonLaw
                && experiment.faults().isEmpty()
                && experiment.cluster().speeds().stream().allMatch(speed -> speed == 1)
                && experiment.function().coldStart().isZero();
    }
}

package io.p2pfaas.load.report;

import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.report.chart.Axis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which setting is along the charts, which settings get panels of their own, and which value goes where. */
final class Layout {
    private static final double WIDE = 40;

    private final Study study;
    private final String x;
    private final List<String> panelAxes;

    private Layout(Study study, String x) {
        this.study = study;
        this.x = x;
        // A setting with one value needs no panels; it is in the tables.
        this.panelAxes = study.axes().stream()
                .filter(axis -> !axis.equals(x) && !axis.equals(Grid.SCHEDULER))
                .filter(axis -> study.values(axis).size() > 1)
                .toList();
    }

    /**
     * Along the charts is the offered load if it varies, else the first setting of numbers that does.
     *
     * @param wanted an axis that the caller insists on, or empty
     * @throws IllegalArgumentException if there is no such axis, or its values are not numbers
     */
    static Layout of(Study study, String wanted) {
        if (!wanted.isEmpty()) {
            if (!study.axes().contains(wanted) || !isNumeric(study, wanted)) {
                throw new IllegalArgumentException(
                        "'" + wanted + "' is no setting of numbers in these results; there are "
                                + study.axes().stream()
                                        .filter(axis -> isNumeric(study, axis))
                                        .toList());
            }
            return new Layout(study, wanted);
        }
        List<String> candidates = Stream.concat(
                        Stream.of(Grid.RHO, Grid.LAMBDA),
                        study.axes().stream().filter(axis -> !axis.equals(Grid.SCHEDULER)))
                .filter(axis -> study.axes().contains(axis) && isNumeric(study, axis))
                .toList();
        return new Layout(
                study,
                candidates.stream()
                        .filter(axis -> study.values(axis).size() > 1)
                        .findFirst()
                        .orElse(candidates.isEmpty() ? "" : candidates.get(0)));
    }

    private static boolean isNumeric(Study study, String axis) {
        return study.values(axis).stream()
                .allMatch(value -> SettingValue.number(value).isPresent());
    }

    /** The setting along the charts; empty if no setting is a number. */
    String x() {
        return x;
    }

    /** Where a point is along the charts. */
    double x(Cell cell) {
        return SettingValue.number(cell.setting(x)).orElse(0);
    }

    Axis xAxis() {
        List<Double> marks =
                study.cells().stream().map(this::x).distinct().sorted().toList();
        double least = marks.get(0);
        boolean wide = least > 0 && marks.get(marks.size() - 1) / least > WIDE;
        return new Axis(title(), wide ? Axis.Kind.LOGARITHMIC : Axis.Kind.FITTED, marks);
    }

    private String title() {
        return switch (x) {
            case Grid.RHO -> "offered load per slot, \u03c1";
            case Grid.LAMBDA -> "calls per second and node, \u03bb";
            case Grid.NODES -> "nodes";
            case "" -> "all points";
            default -> x + unit();
        };
    }

    private String unit() {
        if (study.values(x).stream().anyMatch(SettingValue::isDuration)) {
            return " [ms]";
        }
        return switch (x) {
            case Grid.DELAY -> " [mean service times]";
            case Grid.SAMPLE_LOSS -> " [share]";
            default -> "";
        };
    }

    /** Cells by panel, the panel's settings as title. */
    Map<String, List<Cell>> panels() {
        Map<String, List<Cell>> panels = new LinkedHashMap<>();
        List<Cell> sorted = new ArrayList<>(study.cells());
        for (int i = panelAxes.size() - 1; i >= 0; i--) {
            String axis = panelAxes.get(i);
            sorted.sort((a, b) -> SettingValue.ORDER.compare(a.setting(axis), b.setting(axis)));
        }
        sorted.forEach(cell -> panels.computeIfAbsent(panelOf(cell), title -> new ArrayList<>())
                .add(cell));
        return panels;
    }

    private String panelOf(Cell cell) {
        List<String> parts = new ArrayList<>();
        panelAxes.forEach(
                axis -> parts.add(axis + " = " + (cell.setting(axis).isEmpty() ? "unset" : cell.setting(axis))));
        return String.join(", ", parts);
    }

    /** The text of a cell's place along the charts. */
    String where(Cell cell) {
        return x.isEmpty() ? "" : x + " = " + cell.setting(x);
    }
}

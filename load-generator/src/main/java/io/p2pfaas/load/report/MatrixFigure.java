package io.p2pfaas.load.report;

import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.MetricFigures.Words;
import io.p2pfaas.load.report.chart.Figure;
import io.p2pfaas.load.report.chart.HeatPanel;
import io.p2pfaas.load.report.chart.Panel;
import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who ran whose calls, at the largest place of the charts. */
final class MatrixFigure {
    private static final int MOST_PANELS = 24;
    private static final int MOST_CELLS = 32;

    private final Layout layout;
    private final Cast cast;

    MatrixFigure(Layout layout, Cast cast) {
        this.layout = layout;
        this.cast = cast;
    }

    Optional<Figure> of(Words words) {
        List<Panel> panels = new ArrayList<>();
        Table data = new Table("series", "panel", "origin", "executor", "share_of_origin");
        int wanted = 0;
        for (var entry : layout.panels().entrySet()) {
            double last = entry.getValue().stream().mapToDouble(layout::x).max().orElse(0);
            for (Cell cell : entry.getValue()) {
                if (layout.x(cell) != last || cell.any().matrix().size() < 2) {
                    continue;
                }
                wanted++;
                if (panels.size() < MOST_PANELS) {
                    String where = MetricFigures.join(layout.where(cell), entry.getKey());
                    panels.add(panel(cell, where, data));
                }
            }
        }
        if (panels.isEmpty()) {
            return Optional.empty();
        }
        String cut = wanted > panels.size() ? " The first " + panels.size() + " of " + wanted + " are shown." : "";
        return Optional.of(new Figure(words.id(), words.title(), words.caption() + cut, panels, data));
    }

    private Panel panel(Cell cell, String where, Table data) {
        int nodes = cell.any().matrix().size();
        int block = (nodes + MOST_CELLS - 1) / MOST_CELLS;
        int size = (nodes + block - 1) / block;
        long[][] counts = new long[size][size];
        cell.repetitions().forEach(one -> add(counts, one.run(), nodes, block));
        List<String> names = names(cell.any(), nodes, block);
        List<List<Double>> shares = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            long all = Arrays.stream(counts[row]).sum();
            List<Double> line = new ArrayList<>();
            for (int column = 0; column < size; column++) {
                double share = all == 0 ? Double.NaN : (double) counts[row][column] / all;
                line.add(share);
                data.add(List.of(cast.name(cell), where, names.get(row), names.get(column), share));
            }
            shares.add(line);
        }
        String place = where.isEmpty() ? "" : " (" + where + ")";
        String unit = block == 1 ? "" : " (blocks of " + block + " nodes)";
        return new HeatPanel(cast.name(cell), "run by" + unit + place, "came to" + unit, names, names, shares);
    }

    private static void add(long[][] counts, RunResult run, int nodes, int block) {
        if (run.matrix().size() != nodes) {
            return;
        }
        for (int row = 0; row < nodes; row++) {
            List<Long> line = run.matrix().get(row);
            for (int column = 0; column < Math.min(nodes, line.size()); column++) {
                counts[row / block][column / block] += line.get(column);
            }
        }
    }

    private static List<String> names(RunResult run, int nodes, int block) {
        List<String> names = new ArrayList<>();
        for (int first = 0; first < nodes; first += block) {
            boolean named = run.nodeTallies().size() == nodes;
            names.add(named ? run.nodeTallies().get(first).node() : "n" + (first + 1));
        }
        return names;
    }
}

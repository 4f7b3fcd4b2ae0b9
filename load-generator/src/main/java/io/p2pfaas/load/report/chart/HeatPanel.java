package io.p2pfaas.load.report.chart;

import io.p2pfaas.load.report.chart.Canvas.Anchor;
import io.p2pfaas.load.report.chart.Canvas.At;
import io.p2pfaas.load.report.chart.Canvas.Lettering;
import java.util.List;
import java.util.Locale;

/**
 * A matrix of shares from 0 to 1, the first row on top.
 *
 * @param columns names of columns
 * @param rows names of rows
 * @param values row by row; NaN: no value
 */
public record HeatPanel(
        String title, String xTitle, String yTitle, List<String> columns, List<String> rows, List<List<Double>> values)
        implements Panel {
    private static final int MOST_NUMBERS = 9;
    private static final int MOST_LABELS = 9;

    public HeatPanel {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        values = values.stream().map(List::copyOf).toList();
        int width = columns.size();
        if (values.size() != rows.size() || values.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException("values do not fit " + rows.size() + " rows of " + width);
        }
    }

    @Override
    public void draw(PanelCanvas panel) {
        panel.words(title, xTitle, yTitle);
        double most = values.stream()
                .flatMap(List::stream)
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                cell(panel, row, column, values.get(row).get(column), most > 0 ? most : 1);
            }
        }
        labels(panel);
    }

    private void cell(PanelCanvas panel, int row, int column, double value, double most) {
        double width = 1.0 / columns.size();
        double height = 1.0 / rows.size();
        At corner = panel.at(column * width, 1 - row * height);
        double gap = rows.size() > 2 * MOST_NUMBERS ? 0 : 1;
        if (Double.isNaN(value)) {
            return;
        }
        String percent = String.format(Locale.ROOT, value > 0 && value < 0.0995 ? "%.1f" : "%.0f", value * 100);
        panel.canvas()
                .rect(
                        corner,
                        width * PanelCanvas.PLOT_WIDTH - gap,
                        height * PanelCanvas.PLOT_HEIGHT - gap,
                        Ink.heat(value / most),
                        "%s, %s: %s %%".formatted(rows.get(row), columns.get(column), percent));
        if (columns.size() <= MOST_NUMBERS && rows.size() <= MOST_NUMBERS) {
            At middle = panel.at((column + 0.5) * width, 1 - (row + 0.5) * height);
            panel.canvas()
                    .text(
                            new At(middle.x(), middle.y() + 4),
                            percent,
                            new Lettering(Ink.onHeat(value / most), 11, false, Anchor.MIDDLE));
        }
    }

    private void labels(PanelCanvas panel) {
        int everyColumn = (columns.size() + MOST_LABELS - 1) / MOST_LABELS;
        for (int column = 0; column < columns.size(); column += everyColumn) {
            panel.tickBelow((column + 0.5) / columns.size(), PanelCanvas.cut(columns.get(column), 48, 12), false);
        }
        int everyRow = (rows.size() + MOST_LABELS - 1) / MOST_LABELS;
        for (int row = 0; row < rows.size(); row += everyRow) {
            panel.tickLeft(1 - (row + 0.5) / rows.size(), PanelCanvas.cut(rows.get(row), 40, 12), false);
        }
    }
}

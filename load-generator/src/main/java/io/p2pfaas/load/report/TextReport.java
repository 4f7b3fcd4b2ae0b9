package io.p2pfaas.load.report;

import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Results for the terminal: a line per point, aligned, with a bar for the losses. Lines are separated by {@code \n}. */
public final class TextReport {
    private static final int BAR = 24;
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9].*|");
    private static final List<Metric> METRICS =
            List.of(Metric.PB, Metric.PE, Metric.MEAN_LATENCY, Metric.P99, Metric.FAILED, Metric.PACKETS);

    private TextReport() {}

    /** The table and the notes. */
    public static String of(Study study) {
        double most = study.cells().stream()
                .mapToDouble(cell -> cell.interval(Metric.PB).mean())
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        List<String> header = new ArrayList<>(study.axes());
        header.add("source");
        header.add("reps");
        METRICS.forEach(metric -> header.add(metric.key() + (metric.unit() == Metric.Unit.MILLIS ? " [ms]" : "")));
        header.add(most > 0 ? "pB, full bar = " + Numbers.plain(most) : "pB");
        Table table = new Table(header);
        for (Cell cell : study.cells()) {
            List<Object> row = new ArrayList<>();
            study.axes().forEach(axis -> row.add(cell.setting(axis)));
            row.add(cell.source().name());
            row.add(cell.repetitions().size());
            METRICS.forEach(metric -> row.add(Numbers.interval(cell.interval(metric))));
            row.add(bar(cell.interval(Metric.PB).mean(), most));
            table.add(row);
        }
        StringBuilder text = new StringBuilder(aligned(table));
        Agreement.of(study)
                .ifPresent(agreement -> text.append('\n')
                        .append(aligned(agreement.table()))
                        .append(agreement.summary())
                        .append('\n'));
        study.notes()
                .forEach(note -> text.append("note: ").append(printable(note)).append('\n'));
        return text.toString();
    }

    /** Something lost is never an empty bar. */
    private static String bar(double value, double most) {
        if (!(value > 0)) {
            return "";
        }
        return "#".repeat(Math.max(1, (int) Math.round(BAR * value / most)));
    }

    /** Columns of numbers to the right, others to the left. */
    static String aligned(Table table) {
        int columns = table.header().size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int here = column;
            List<String> cells =
                    table.rows().stream().map(row -> printable(row.get(here))).toList();
            widths[column] = Math.max(
                    table.header().get(column).length(),
                    cells.stream().mapToInt(String::length).max().orElse(0));
            numeric[column] =
                    cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches())
                            && cells.stream().anyMatch(cell -> !cell.isEmpty());
        }
        StringBuilder text = new StringBuilder(line(table.header(), widths, numeric));
        table.rows().forEach(row -> text.append(line(row, widths, numeric)));
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = printable(cells.get(column));
            String pad = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(numeric[column] ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing() + "\n";
    }

    /** Names come from files; a terminal obeys control characters. */
    static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}

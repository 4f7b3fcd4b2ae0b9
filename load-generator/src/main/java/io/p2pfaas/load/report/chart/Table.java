package io.p2pfaas.load.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of texts under a header, all of the same length. */
public final class Table {
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(List<String> header) {
        this.header = List.copyOf(header);
    }

    public Table(String... header) {
        this(Arrays.asList(header));
    }

    /** Numbers keep all their digits; NaN, and nothing else, becomes an empty text. */
    public void add(List<?> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + header);
        }
        rows.add(cells.stream().map(Table::text).toList());
    }

    private static String text(Object cell) {
        if (cell instanceof Double number) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
            return number.isNaN() ? "" : whole ? Long.toString(number.longValue()) : number.toString();
        }
        return cell.toString();
    }

    public List<String> header() {
        return header;
    }

    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /** As RFC 4180 has it, with line feeds: fields with a comma, a quote or a line break are quoted. */
    public String csv() {
        return line(header) + rows.stream().map(Table::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Table::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

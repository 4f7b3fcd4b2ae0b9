package io.p2pfaas.load.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for terminals and CSV files: a header, then rows of as many cells. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> header) {
        rows.add(List.copyOf(header));
    }

    void row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("a row needs " + rows.get(0).size() + " cells: " + cells);
        }
        rows.add(List.copyOf(cells));
    }

    /** Columns in line; text to the left, numbers to the right. */
    String aligned() {
        int columns = rows.get(0).size();
        int[] width = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            width[at] =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            numeric[at] = rows.stream().skip(1).allMatch(row -> row.get(at).matches("[-0-9.].*|"));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String padding = " ".repeat(width[column] - row.get(column).length());
                line.append(column == 0 ? "" : "  ")
                        .append(numeric[column] ? padding + row.get(column) : row.get(column) + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** RFC 4180, lines ended by a line feed. */
    String csv() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(String.join(",", row.stream().map(TextTable::quoted).toList()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String quoted(String cell) {
        return cell.matches("[^,\"\n\r]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}

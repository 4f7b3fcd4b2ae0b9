package io.p2pfaas.load.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prints the lines of a simulation: CSV as they come, a table when all are there, so that its columns fit. */
final class SimulationLines {
    private final PrintWriter out;
    private final boolean csv;
    private final List<List<String>> rows = new ArrayList<>();

    SimulationLines(PrintWriter out, boolean csv) {
        this.out = out;
        this.csv = csv;
        if (csv) {
            out.println(SimulationRow.HEADER);
        }
        rows.add(Arrays.asList(SimulationRow.HEADER.split(",", -1)));
    }

    void print(SimulationRow row) {
        if (csv) {
            out.println(row.csv());
            out.flush();
        } else {
            rows.add(row.cells());
        }
    }

    void end() {
        if (!csv) {
            rows.forEach(row -> out.println(aligned(row)));
            out.flush();
        }
    }

    private String aligned(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            int width = width(column);
            // Names to the left, numbers to the right.
            line.append(
                            column == 0
                                    ? cell + " ".repeat(width - cell.length())
                                    : " ".repeat(width - cell.length()) + cell)
                    .append(column + 1 < row.size() ? "  " : "");
        }
        return line.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}

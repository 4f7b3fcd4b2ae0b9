package io.p2pfaas.load.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Invocations per minute as in the Azure Functions trace of 2019 (Shahrad et al., "Serverless in the Wild", 2020): a
 * header {@code HashOwner,HashApp,HashFunction,Trigger,1,...,1440}, then a row for each function. Files are large, so
 * only the rows that are picked are kept.
 */
public final class AzureTrace {
    private static final List<String> HEADER = List.of("HashOwner", "HashApp", "HashFunction", "Trigger");
    private static final int MAX_ROWS = 100_000;

    private AzureTrace() {}

    /** One function's day. */
    public static final class Row {
        private final String function;
        private final int line;
        private final double[] perMinute;

        private Row(String function, int line, double[] perMinute) {
            this.function = function;
            this.line = line;
            this.perMinute = perMinute;
        }

        /** HashFunction. */
        public String function() {
            return function;
        }

        /** A copy. */
        public double[] perMinute() {
            return perMinute.clone();
        }

        public double total() {
            return Arrays.stream(perMinute).sum();
        }

        /** The busiest minute. */
        public double peak() {
            return Arrays.stream(perMinute).max().orElse(0);
        }
    }

    /**
     * The functions with the most invocations, the busiest first; fewer if there are fewer.
     *
     * @param name for messages
     * @throws IllegalArgumentException if the file is something else; the message has the line
     */
    public static List<Row> busiest(String name, BufferedReader reader, int count) throws IOException {
        if (count < 1 || count > MAX_ROWS) {
            throw new IllegalArgumentException("the number of functions must be from 1 to " + MAX_ROWS + ": " + count);
        }
        Comparator<Row> busier = Comparator.comparingDouble(Row::total)
                .thenComparing(Comparator.<Row>comparingInt(row -> row.line).reversed());
        PriorityQueue<Row> kept = new PriorityQueue<>(busier);
        forEach(name, reader, row -> {
            kept.add(row);
            if (kept.size() > count) {
                kept.remove();
            }
        });
        if (kept.isEmpty()) {
            throw new IllegalArgumentException(name + " has no functions");
        }
        return kept.stream().sorted(busier.reversed()).toList();
    }

    /**
     * The functions whose hash begins so, in the order asked for.
     *
     * @throws IllegalArgumentException if the file is something else, or a prefix is that of no function or of several
     */
    public static List<Row> named(String name, BufferedReader reader, List<String> prefixes) throws IOException {
        List<List<Row>> found = new ArrayList<>();
        prefixes.forEach(prefix -> found.add(new ArrayList<>()));
        forEach(name, reader, row -> {
            for (int i = 0; i < prefixes.size(); i++) {
                // Two are enough to see that a prefix is not unique.
                if (row.function().startsWith(prefixes.get(i)) && found.get(i).size() < 2) {
                    found.get(i).add(row);
                }
            }
        });
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < prefixes.size(); i++) {
            if (found.get(i).size() != 1) {
                throw new IllegalArgumentException(
                        name + " has " + (found.get(i).isEmpty() ? "no function" : "several" + " functions")
                                + " whose HashFunction begins with '" + prefixes.get(i) + "'");
            }
            rows.add(found.get(i).get(0));
        }
        return rows;
    }

    private static void forEach(String name, BufferedReader reader, Consumer<Row> rows) throws IOException {
        String header = reader.readLine();
        List<String> columns =
                header == null ? List.of() : List.of(header.strip().split(",", -1));
        int minutes = columns.size() - HEADER.size();
        if (minutes < 1 || !columns.subList(0, HEADER.size()).equals(HEADER) || !isCounting(columns)) {
            throw new IllegalArgumentException(name + ", line 1: not the header " + String.join(",", HEADER)
                    + ",1,2,... of an Azure Functions trace of invocations per minute");
        }
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank()) {
                rows.accept(row(name, number, line.strip().split(",", -1), columns.size()));
            }
        }
    }

    private static boolean isCounting(List<String> columns) {
        for (int i = HEADER.size(); i < columns.size(); i++) {
            if (!columns.get(i).equals(Integer.toString(i - HEADER.size() + 1))) {
                return false;
            }
        }
        return true;
    }

    private static Row row(String name, int number, String[] cells, int expected) {
        if (cells.length != expected) {
            throw new IllegalArgumentException(
                    name + ", line " + number + ": " + cells.length + " fields, the header has " + expected);
        }
        double[] perMinute = new double[expected - HEADER.size()];
        for (int minute = 0; minute < perMinute.length; minute++) {
            String cell = cells[HEADER.size() + minute];
            try {
                perMinute[minute] = Long.parseLong(cell);
            } catch (NumberFormatException ignored) {
                // Refused below like a negative number.
                perMinute[minute] = -1;
            }
            if (perMinute[minute] < 0) {
                throw new IllegalArgumentException(name + ", line " + number + ", minute " + (minute + 1) + ": found '"
                        + cell + "', allowed is a whole number of invocations from 0");
            }
        }
        return new Row(cells[2], number, perMinute);
    }
}

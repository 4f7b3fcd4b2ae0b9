package io.p2pfaas.load.report.export;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads files of calls by the names of their columns, so that more columns do no harm. */
final class CallRows {
    private static final List<String> NEEDED = List.of("call", "due_ns", "sent_ns", "end_ns", "state", "status");

    private CallRows() {}

    /** One call. */
    static final class Row {
        private final Map<String, Integer> columns;
        private final String[] fields;

        private Row(Map<String, Integer> columns, String[] fields) {
            this.columns = columns;
            this.fields = fields;
        }

        /** Empty if there is no such column or no value. */
        String text(String column) {
            Integer index = columns.get(column);
            return index == null ? "" : fields[index];
        }

        OptionalLong number(String column) {
            String text = text(column);
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        }

        String state() {
            return text("state").toUpperCase(Locale.ROOT);
        }
    }

    /**
     * Tells every row of a file.
     *
     * @return rows that were cut off or are none
     * @throws IOException if it cannot be read, or is no file of calls
     */
    static int read(Path file, Consumer<Row> rows) throws IOException {
        int broken = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = lines.readLine();
            List<String> names = header == null ? List.of() : Arrays.asList(header.split(",", -1));
            if (!names.containsAll(NEEDED)) {
                throw new IOException(file + " is no file of calls: it needs the columns " + NEEDED);
            }
            Map<String, Integer> columns = new HashMap<>();
            names.forEach(name -> columns.put(name, columns.size()));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",", -1);
                Row row = new Row(columns, fields);
                if (fields.length == names.size() && isWhole(row)) {
                    rows.accept(row);
                } else {
                    broken++;
                }
            }
        }
        return broken;
    }

    private static boolean isWhole(Row row) {
        try {
            NEEDED.stream().filter(column -> !column.equals("state")).forEach(row::number);
            return row.number("call").isPresent() && row.number("due_ns").isPresent();
        } catch (NumberFormatException broken) {
            return false;
        }
    }
}

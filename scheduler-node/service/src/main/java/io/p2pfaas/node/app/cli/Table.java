package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.node.call.VisibleText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows under names, printed in any form. What comes from nodes cannot control the terminal. */
final class Table {
    private static final String GAP = "  ";
    private static final String END = "\r\n";
    private static final Pattern NUMBER = Pattern.compile("-|\\?|[0-9.?/-]*[0-9][0-9.?/-]*( ms)?");

    /** Names of columns that hold numbers, also while none is known. */
    private static final Pattern NAME_OF_NUMBERS = Pattern.compile(".*_(ms|s|min)");

    /** A name or a number that begins with a sign is none. */
    private static final Pattern FORMULA = Pattern.compile("^[=+@\t]|^-(?![\\w.-]*$)");

    private final List<String> names;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    /** @param names of the columns, in lower case as JSON and CSV have them */
    Table(String... names) {
        this.names = List.of(names);
    }

    /** A row: texts, numbers, truths; null = unknown. */
    Table row(@Nullable Object... cells) {
        if (cells.length != names.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + names);
        }
        rows.add(new ArrayList<>(Arrays.asList(cells)));
        return this;
    }

    void print(Form form, PrintStream out) {
        switch (form) {
            case TABLE -> lines().forEach(out::println);
            case JSON -> out.println(harmlessJson(json().toString()));
            case CSV -> {
                out.print(csv(names));
                rows.forEach(row -> out.print(csv(row)));
            }
        }
    }

    /** For people: numbers to the right, names in capitals. */
    List<String> lines() {
        return lines(Integer.MAX_VALUE);
    }

    /** The same with those columns only that fit beside each other: half a number would be another one. */
    List<String> lines(int columns) {
        List<List<String>> texts = new ArrayList<>();
        texts.add(names.stream().map(Table::title).toList());
        rows.forEach(row -> texts.add(row.stream().map(Table::shown).toList()));
        int[] widths = new int[names.size()];
        boolean[] right = new boolean[names.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[at] =
                    texts.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            List<String> cells = texts.stream().skip(1).map(row -> row.get(at)).toList();
            right[at] = cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches())
                    && (NAME_OF_NUMBERS.matcher(names.get(at)).matches()
                            || cells.stream().anyMatch(cell -> cell.length() > 1 || Character.isDigit(cell.charAt(0))));
        }
        int fitting = fitting(widths, columns);
        return texts.stream()
                .map(row -> line(row.subList(0, fitting), widths, right))
                .toList();
    }

    private static int fitting(int[] widths, int columns) {
        int end = widths[0];
        int count = 1;
        while (count < widths.length && end + GAP.length() + widths[count] <= columns) {
            end += GAP.length() + widths[count];
            count++;
        }
        return count;
    }

    private static String title(String name) {
        return name.replaceFirst("_(s|min)$", "/$1").replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    private static String line(List<String> row, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String pad = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : GAP).append(right[column] ? pad + row.get(column) : row.get(column) + pad);
        }
        return line.toString().stripTrailing();
    }

    private ArrayNode json() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> list.add(json(names, row)));
        return list;
    }

    /** One row as an object. */
    static ObjectNode json(List<String> names, List<? extends @Nullable Object> row) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int column = 0; column < names.size(); column++) {
            object.putPOJO(names.get(column), row.get(column));
        }
        return object;
    }

    /** One row as a line of CSV, with its end. */
    static String csv(List<? extends @Nullable Object> row) {
        return row.stream()
                .map(cell ->
                        quoted(cell == null ? "" : cell instanceof String text ? noFormula(text) : cell.toString()))
                .collect(Collectors.joining(",", "", END));
    }

    /** Programs for tables calculate what begins so, and such a formula can call programs; a text after ' stays one. */
    private static String noFormula(String text) {
        String harmless = harmless(text);
        return FORMULA.matcher(harmless).find() ? "'" + harmless : harmless;
    }

    private static String shown(@Nullable Object cell) {
        if (cell == null) {
            return "-";
        }
        return cell instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : harmless(cell.toString());
    }

    /** The text without characters that a terminal obeys, or that are not seen. */
    static String harmless(String text) {
        StringBuilder harmless = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            harmless.append(VisibleText.isUnseen(c) && c != '\t' ? '?' : c);
        }
        return harmless.toString();
    }

    /** JSON that means the same, without such characters. */
    static String harmlessJson(String json) {
        return json.lines().map(VisibleText::escaped).collect(Collectors.joining("\n"));
    }

    /** The same with its lines kept. */
    static String harmlessLines(String text) {
        return text.lines().map(Table::harmless).collect(Collectors.joining("\n"));
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell;
    }
}

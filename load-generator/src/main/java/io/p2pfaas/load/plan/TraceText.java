package io.p2pfaas.load.plan;

import io.p2pfaas.load.arrivals.LoadTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Traffic files of P2PFaaS: lines {@code index,load} with the load in 0..1. A header line and comments may be there. */
public final class TraceText {
    private static final Pattern LINE = Pattern.compile("\\s*([0-9.eE+-]+)\\s*,\\s*([0-9.eE+-]+)\\s*");
    private static final Pattern HEADER = Pattern.compile("\\s*[A-Za-z_]+\\s*,\\s*[A-Za-z_]+\\s*");

    private TraceText() {}

    /**
     * Reads a file.
     *
     * @param name for messages
     * @throws IllegalArgumentException if it is something else; the message has name and line
     */
    public static LoadTrace parse(String name, String text) {
        List<Double> loads = new ArrayList<>();
        double lastIndex = Double.NEGATIVE_INFINITY;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            boolean header = loads.isEmpty() && HEADER.matcher(line).matches();
            if (line.isBlank() || line.startsWith("#") || header) {
                continue;
            }
            String where = name + ", line " + number + ": ";
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        where + "found '" + shortened(line) + "'; allowed is index,load; for example 12,0.35");
            }
            double index = number(where, matcher.group(1));
            double load = number(where, matcher.group(2));
            if (!(index > lastIndex)) {
                throw new IllegalArgumentException(where + "the index " + matcher.group(1)
                        + " does not come after the one" + " before; points must be in their order");
            }
            if (!(load >= 0 && load <= 1)) {
                throw new IllegalArgumentException(where + "the load is " + matcher.group(2) + ", allowed is 0 to 1");
            }
            lastIndex = index;
            loads.add(load);
        }
        if (loads.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " has no points; allowed are lines index,load; for example 12,0.35");
        }
        return new LoadTrace(loads.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The file of these loads, as {@link #parse} reads it. */
    public static String of(List<Double> loads) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < loads.size(); i++) {
            text.append(String.format(Locale.ROOT, "%d,%.6f\n", i, loads.get(i)));
        }
        return text.toString();
    }

    private static double number(String where, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException ignored) {
            throw new IllegalArgumentException(where + "'" + text + "' is not a number");
        }
    }

    private static String shortened(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}

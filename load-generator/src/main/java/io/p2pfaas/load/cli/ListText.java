package io.p2pfaas.load.cli;

import java.util.ArrayList;
import java.util.List;

/** Lists on the command line. */
final class ListText {
    private ListText() {}

    /** Splits at commas that are not inside parentheses: {@code A(1,2),B} has two parts. */
    static List<String> split(List<String> texts) {
        List<String> parts = new ArrayList<>();
        for (String text : texts) {
            int depth = 0;
            int start = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (c == ',' && depth == 0) {
                    parts.add(text.substring(start, i).strip());
                    start = i + 1;
                }
            }
            parts.add(text.substring(start).strip());
        }
        return parts;
    }

    /**
     * Factors, those that repeat with their number: {@code 1.4x4,0.4x4}.
     *
     * @throws IllegalArgumentException with the text and what is allowed
     */
    static List<Double> factors(String flag, String text) {
        List<Double> factors = new ArrayList<>();
        for (String part : text.isBlank() ? List.<String>of() : split(List.of(text))) {
            int times = part.indexOf('x');
            try {
                double factor = Double.parseDouble(times < 0 ? part : part.substring(0, times));
                int count = times < 0 ? 1 : Integer.parseInt(part.substring(times + 1));
                if (count < 1 || count > 100_000 || !(factor >= 0)) {
                    throw new NumberFormatException();
                }
                for (int i = 0; i < count; i++) {
                    factors.add(factor);
                }
            } catch (NumberFormatException malformed) {
                throw new IllegalArgumentException(
                        flag + " is '" + text + "', allowed are factors such as 1.4x4,0.4x4", malformed);
            }
        }
        return factors;
    }
}

package io.p2pfaas.node.function;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as Kubernetes and Docker write them. */
public final class Quantity {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([A-Za-z]{0,2})");
    private static final long KIBI = 1024;
    /** Docker's lower-case units are powers of 1024 too; nobody means thousandths of a byte. */
    private static final Map<String, Long> BYTES = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", KIBI),
            Map.entry("m", KIBI * KIBI),
            Map.entry("g", KIBI * KIBI * KIBI),
            Map.entry("K", 1_000L),
            Map.entry("M", 1_000_000L),
            Map.entry("G", 1_000_000_000L),
            Map.entry("Ki", KIBI),
            Map.entry("Mi", KIBI * KIBI),
            Map.entry("Gi", KIBI * KIBI * KIBI));

    private static final long NANOS = 1_000_000_000L;
    /** Below it engines refuse to create a container. */
    private static final long LEAST_MEMORY = 6 * KIBI * KIBI;

    private static final long LEAST_SPACE = 64 * KIBI;
    private static final BigDecimal MOST_MEMORY = BigDecimal.valueOf(1L << 50);
    private static final BigDecimal MOST_CPUS = BigDecimal.valueOf(1024);

    private Quantity() {}

    /** Bytes that programs run in. */
    public static long memory(String field, String text) {
        return bytes(field, text, LEAST_MEMORY, "6Mi");
    }

    /** Bytes of a file system. */
    public static long space(String field, String text) {
        return bytes(field, text, LEAST_SPACE, "64Ki");
    }

    private static long bytes(String field, String text, long least, String leastText) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        Long unit = matcher.matches() ? BYTES.get(matcher.group(2)) : null;
        if (unit != null) {
            BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
            if (bytes.compareTo(BigDecimal.valueOf(least)) >= 0 && bytes.compareTo(MOST_MEMORY) <= 0) {
                return bytes.longValue();
            }
        }
        throw new IllegalArgumentException(field + " is \"" + text + "\"; allowed is at least " + leastText
                + ", for example 128Mi, 128M, 128m or 134217728");
    }

    /** Billionths of a processor. */
    static long cpu(String field, String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches() && (matcher.group(2).isEmpty() || matcher.group(2).equals("m"))) {
            BigDecimal cpus = new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(matcher.group(2).isEmpty() ? NANOS : NANOS / 1000));
            BigDecimal most = MOST_CPUS.multiply(BigDecimal.valueOf(NANOS));
            // The kernel shares a processor out in hundredths.
            if (cpus.compareTo(BigDecimal.valueOf(NANOS / 100)) >= 0 && cpus.compareTo(most) <= 0) {
                return cpus.longValue();
            }
        }
        throw new IllegalArgumentException(
                field + " is \"" + text + "\"; allowed is at least 10m, for example 100m, 0.5 or 2");
    }
}

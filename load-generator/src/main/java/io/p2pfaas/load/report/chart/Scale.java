package io.p2pfaas.load.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** From values to shares of an axis' length, and where its ticks are. */
final class Scale {
    private static final int MAX_DECADES_WITH_STEPS = 2;

    private final boolean log;
    private final double min;
    private final double max;
    private final double step;
    private final List<Double> marks;

    private Scale(boolean log, double min, double max, double step, List<Double> marks) {
        this.log = log;
        this.min = min;
        this.max = max;
        this.step = step;
        this.marks = marks;
    }

    /** Covers all these values; NaN and infinity are ignored. */
    static Scale of(Axis axis, DoubleStream values, int wantedTicks) {
        boolean log = axis.kind() == Axis.Kind.LOGARITHMIC;
        double[] shown = values.filter(Double::isFinite)
                .filter(v -> !log || v > 0)
                .sorted()
                .toArray();
        double least = shown.length == 0 ? (log ? 0.1 : 0) : shown[0];
        double most = shown.length == 0 ? 1 : shown[shown.length - 1];
        if (log) {
            return logarithmic(axis, least, most);
        }
        // Nothing that starts at zero is negative; only a whisker may reach below.
        double from = axis.kind() == Axis.Kind.FROM_ZERO ? 0 : least;
        double to = axis.kind() == Axis.Kind.UP_TO_ONE ? 1 : most;
        if (axis.kind() == Axis.Kind.UP_TO_ONE && from >= to) {
            from = 0;
        } else if (to <= from) {
            to = from + (from == 0 ? 1 : Math.abs(from) * 0.1);
        }
        double step = roundStep((to - from) / wantedTicks);
        if (!axis.marks().isEmpty() && most <= from) {
            // A single place is in the middle.
            return new Scale(false, from - (to - from), to, step, axis.marks());
        }
        if (!axis.marks().isEmpty()) {
            double margin = (to - from) * 0.04;
            return new Scale(false, from - margin, to + margin, step, axis.marks());
        }
        return new Scale(
                false, Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step, step, List.of());
    }

    private static Scale logarithmic(Axis axis, double least, double most) {
        if (!axis.marks().isEmpty()) {
            double margin = Math.pow(Math.max(most / least, 1.5), 0.04);
            return new Scale(true, least / margin, most * margin, 0, axis.marks());
        }
        double from = Math.log10(least);
        double to = Math.log10(most);
        // Whole decades if there are some; else the neighbouring 1, 2 or 5.
        if (to - from > 1) {
            return new Scale(
                    true, Math.pow(10, Math.floor(from + 1e-9)), Math.pow(10, Math.ceil(to - 1e-9)), 0, List.of());
        }
        double high = logStep(most, true);
        return new Scale(true, Math.min(logStep(least, false), high / 2), high, 0, List.of());
    }

    private static double logStep(double value, boolean up) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        double[] steps = {1, 2, 5, 10};
        for (int i = 0; i < steps.length; i++) {
            double candidate = steps[up ? i : steps.length - 1 - i] * decade;
            if (up ? candidate >= value * (1 - 1e-9) : candidate <= value * (1 + 1e-9)) {
                return candidate;
            }
        }
        return value;
    }

    /** 1, 2, 2.5 or 5 times a power of ten, not below {@code least}. */
    private static double roundStep(double least) {
        double decade = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * decade >= least * (1 - 1e-9)) {
                return factor * decade;
            }
        }
        return 10 * decade;
    }

    /** 0 at the beginning of the axis, 1 at its end; outside of both for values that it does not cover. */
    double share(double value) {
        return log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
    }

    /** Whether a value has a place on it. */
    boolean shows(double value) {
        return Double.isFinite(value) && (!log || value > 0) && share(value) > -1e-9 && share(value) < 1 + 1e-9;
    }

    /** The value, or the nearest that the axis covers. */
    double clamp(double value) {
        return Math.max(min, Math.min(max, value));
    }

    /** Values with a grid line and a label, ascending. {@code minGap} is the least distance of two labels, as a share. */
    List<Double> ticks(double minGap) {
        if (!marks.isEmpty()) {
            List<Double> spaced = new ArrayList<>();
            for (double mark : marks.stream().sorted().distinct().toList()) {
                if (spaced.isEmpty() || share(mark) - share(spaced.get(spaced.size() - 1)) >= minGap) {
                    spaced.add(mark);
                }
            }
            return spaced;
        }
        return log ? logTicks() : linearTicks();
    }

    private List<Double> linearTicks() {
        List<Double> ticks = new ArrayList<>();
        for (long i = Math.round(min / step); i <= Math.round(max / step); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> logTicks() {
        int first = (int) Math.floor(Math.log10(min) + 1e-9);
        int last = (int) Math.ceil(Math.log10(max) - 1e-9);
        int every = Math.max(1, (int) Math.ceil((last - first) / 7.0));
        double[] factors = last - first <= MAX_DECADES_WITH_STEPS ? new double[] {1, 2, 5} : new double[] {1};
        List<Double> ticks = new ArrayList<>();
        for (int decade = first; decade <= last; decade += every) {
            for (double factor : factors) {
                double tick = factor * Math.pow(10, decade);
                if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A tick for people: without the dust of binary fractions, and with an exponent only where digits would not help. */
    static String label(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size < 1e-4 || size >= 1e6) {
            int exponent = rounded.precision() - rounded.scale() - 1;
            return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
        }
        return rounded.toPlainString();
    }
}

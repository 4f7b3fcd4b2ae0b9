package io.p2pfaas.load.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A colour with a name. SVG carries the light colour as an attribute, which every viewer understands, and the name as a
 * class, through which a page gives it the dark one.
 *
 * @param light RGB on white paper
 * @param dark RGB on a dark screen
 */
public record Ink(String name, int light, int dark) {
    public static final Ink TEXT = new Ink("text", 0x1f2328, 0xe6edf3);
    public static final Ink MUTED = new Ink("muted", 0x59636e, 0x9aa4af);
    public static final Ink GRID = new Ink("grid", 0xe1e4e8, 0x30363d);
    public static final Ink FRAME = new Ink("frame", 0x8b949e, 0x6e7681);
    public static final Ink PAPER = new Ink("paper", 0xffffff, 0x0d1117);

    /** Okabe and Ito's colour-blind-safe set, darkened or lightened where a line would be too faint on its ground. */
    private static final List<Ink> SERIES = List.of(
            new Ink("s0", 0x0072b2, 0x58a6ff),
            new Ink("s1", 0xd55e00, 0xff8c42),
            new Ink("s2", 0x00875f, 0x2fc79a),
            new Ink("s3", 0xb4508c, 0xe38ac0),
            new Ink("s4", 0xb58100, 0xe8b931),
            new Ink("s5", 0x3a9bd5, 0x8fd3ff),
            new Ink("s6", 0x4d4d4d, 0xc4c4c4),
            new Ink("s7", 0x7a5195, 0xb79bdc));

    private static final int HEAT_STEPS = 11;
    private static final List<Ink> HEAT = heat();
    private static final Ink ON_PALE = new Ink("onpale", 0x1f2328, 0xe6edf3);
    private static final Ink ON_STRONG = new Ink("onstrong", 0xffffff, 0x0d1117);

    /** The colour of a series by its number; they repeat after eight, when markers differ. */
    static Ink series(int number) {
        return SERIES.get(Math.floorMod(number, SERIES.size()));
    }

    static int seriesCount() {
        return SERIES.size();
    }

    /** From pale at 0 to strong at 1. */
    static Ink heat(double level) {
        return HEAT.get((int) Math.round(Math.max(0, Math.min(1, level)) * (HEAT_STEPS - 1)));
    }

    /** Text that is readable on {@link #heat}. */
    static Ink onHeat(double level) {
        return level < 0.55 ? ON_PALE : ON_STRONG;
    }

    private static List<Ink> heat() {
        List<Ink> steps = new ArrayList<>();
        for (int step = 0; step < HEAT_STEPS; step++) {
            double level = step / (HEAT_STEPS - 1.0);
            steps.add(new Ink("h" + step, mix(0xf6f8fa, 0x08519c, level), mix(0x161b22, 0x79c0ff, level)));
        }
        return List.copyOf(steps);
    }

    private static int mix(int from, int to, double level) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = (from >> shift) & 0xff;
            int b = (to >> shift) & 0xff;
            mixed |= (int) Math.round(a + (b - a) * level) << shift;
        }
        return mixed;
    }

    /** The light colour as CSS writes it. */
    String css() {
        return css(light);
    }

    private static String css(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    /** CSS rules that give every class of an SVG its dark colour. */
    public static String darkRules() {
        List<Ink> inks = new ArrayList<>(List.of(TEXT, MUTED, GRID, FRAME, PAPER, ON_PALE, ON_STRONG));
        inks.addAll(SERIES);
        inks.addAll(HEAT);
        StringBuilder rules = new StringBuilder();
        for (Ink ink : inks) {
            String colour = css(ink.dark());
            rules.append(".f-%s{fill:%s}.k-%s{stroke:%s}\n".formatted(ink.name(), colour, ink.name(), colour));
        }
        return rules.toString();
    }
}

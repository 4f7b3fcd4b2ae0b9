package io.p2pfaas.node.config;

import java.util.List;

/** What the node runs with and where each value came from; secrets hidden. */
public record EffectiveSettings(List<Line> lines) {
    /** One setting. */
    public record Line(String key, String value, String origin) {
        @Override
        public String toString() {
            return key + " = " + value + "   (from " + origin + ")";
        }
    }

    public EffectiveSettings {
        lines = List.copyOf(lines);
    }

    /** All settings, a line each. */
    public String text() {
        StringBuilder text = new StringBuilder(2048);
        for (Line line : lines) {
            if (text.length() > 0) {
                text.append('\n');
            }
            text.append(line);
        }
        return text.toString();
    }
}

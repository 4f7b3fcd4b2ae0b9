package io.p2pfaas.load.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One combination of the values of a grid.
 *
 * @param settings by axis name, in the order of the axes, as written in the experiment
 */
public record Point(Map<String, String> settings) {
    public Point {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The value on an axis, or {@code fallback} if the grid has no such axis. */
    public String get(String axis, String fallback) {
        return settings.getOrDefault(axis, fallback);
    }

    /** For people and file names of results: {@code scheduler=NoScheduler rho=0.9}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(text.length() == 0 ? "" : " ")
                .append(name)
                .append('=')
                .append(value));
        return text.toString();
    }
}

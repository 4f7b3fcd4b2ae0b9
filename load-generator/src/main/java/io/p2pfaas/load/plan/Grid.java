package io.p2pfaas.load.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that are varied, every combination of them once, the first axis slowest.
 *
 * <p>Axis names: {@code scheduler}; {@code rho} (offered load per slot) or {@code lambda} (calls per second and node);
 * {@code nodes}, {@code slots}, {@code queue}, {@code delay}, {@code sample-loss}; any other name is a node setting.
 *
 * @param axes in the order of the file
 */
public record Grid(List<Axis> axes) {
    public static final String SCHEDULER = "scheduler";
    public static final String RHO = "rho";
    public static final String LAMBDA = "lambda";
    public static final String NODES = "nodes";
    public static final String SLOTS = "slots";
    public static final String QUEUE = "queue";
    public static final String DELAY = "delay";
    public static final String SAMPLE_LOSS = "sample-loss";

    public Grid {
        axes = List.copyOf(axes);
    }

    /** One setting and its values, as written. */
    public record Axis(String name, List<String> values) {
        public Axis {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("axis " + name + " has no values");
            }
        }
    }

    /** All points, in a fixed order. */
    public List<Point> points() {
        List<Map<String, String>> partial = List.of(Map.of());
        for (Axis axis : axes) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> settings : partial) {
                for (String value : axis.values()) {
                    Map<String, String> one = new LinkedHashMap<>(settings);
                    one.put(axis.name(), value);
                    longer.add(one);
                }
            }
            partial = longer;
        }
        return partial.stream().map(Point::new).toList();
    }
}

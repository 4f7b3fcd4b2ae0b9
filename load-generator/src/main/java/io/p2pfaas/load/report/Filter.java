package io.p2pfaas.load.report;

import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.PointFilter;
import io.p2pfaas.load.record.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link PointFilter} for results, which also have a {@code world}. */
public final class Filter {
    private static final String WORLD = "world";

    private final PointFilter points;
    private final String world;

    private Filter(Map<String, String> wanted) {
        Map<String, String> settings = new LinkedHashMap<>(wanted);
        String named = settings.remove(WORLD);
        this.world = named == null ? "" : named;
        this.points = new PointFilter(settings);
    }

    /**
     * From texts such as {@code scheduler=PowerOfNScheduler(1,3,true,1),rho=0.9} and {@code world=live}; a point must
     * have all of it.
     *
     * @throws IllegalArgumentException if one is something else; the message shows it
     */
    public static Filter of(List<String> texts) {
        Map<String, String> wanted = new LinkedHashMap<>();
        texts.forEach(text -> wanted.putAll(PointFilter.parse(text).values()));
        return new Filter(wanted);
    }

    /** The runs that have all the settings. */
    public List<RunResult> pick(Iterable<RunResult> runs) {
        List<RunResult> found = new ArrayList<>();
        for (RunResult run : runs) {
            boolean here = world.isEmpty() || run.world().name().equalsIgnoreCase(world);
            if (here && points.matches(new Point(run.point()))) {
                found.add(run);
            }
        }
        return found;
    }

    /** The settings that it fixes. */
    List<String> axes() {
        return List.copyOf(points.values().keySet());
    }

    @Override
    public String toString() {
        String settings = new Point(points.values()).toString();
        String all = (world.isEmpty() ? "" : "world=" + world + " ") + settings;
        return all.isBlank() ? "all points" : all.strip();
    }
}

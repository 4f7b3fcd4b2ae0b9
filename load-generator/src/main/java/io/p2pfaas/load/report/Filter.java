package io.p2pfaas.load.report;

import io.p2pfaas.load.record.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Points that have certain settings; {@code world} is one of them. Written {@code axis=value}, once per setting. */
public final class Filter {
    private static final String WORLD = "world";

    private final Map<String, String> wanted;

    private Filter(Map<String, String> wanted) {
        this.wanted = wanted;
    }

    /**
     * From texts such as {@code scheduler=PowerOfNScheduler(1,3,true,1)}.
     *
     * @throws IllegalArgumentException if one has no equals sign; the message shows it
     */
    public static Filter of(List<String> texts) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "a filter is axis=value, for example scheduler=BrokerMatch or world=live: '" + text + "'");
            }
            wanted.put(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip());
        }
        return new Filter(wanted);
    }

    /** The runs that have all the settings. */
    public List<RunResult> pick(Iterable<RunResult> runs) {
        List<RunResult> found = new ArrayList<>();
        for (RunResult run : runs) {
            if (wanted.entrySet().stream().allMatch(entry -> has(run, entry.getKey(), entry.getValue()))) {
                found.add(run);
            }
        }
        return found;
    }

    private static boolean has(RunResult run, String axis, String value) {
        return axis.equals(WORLD)
                ? run.world().name().equalsIgnoreCase(value)
                : Objects.equals(run.point().get(axis), value);
    }

    /** The settings that it fixes. */
    List<String> axes() {
        return List.copyOf(wanted.keySet());
    }

    @Override
    public String toString() {
        return wanted.isEmpty() ? "all points" : wanted.toString();
    }
}

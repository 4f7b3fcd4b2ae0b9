package io.p2pfaas.node.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was given, before it is read as values: settings and the texts from each source. Loops instead of streams,
 * here and in its neighbours, because this runs before anything else and the first streams of a JVM are slow.
 */
final class GivenValues {
    private final Map<Setting<?>, List<Given>> all = new LinkedHashMap<>();

    void add(Setting<?> setting, Given given) {
        List<Given> texts = all.get(setting);
        if (texts == null) {
            texts = new ArrayList<>();
            all.put(setting, texts);
        }
        texts.add(given);
    }

    /** What the strongest source says, in its order; empty if nobody says anything. */
    List<Given> strongest(Setting<?> setting) {
        List<Given> merged = merged(setting);
        Source highest = Source.DEFAULT;
        for (Given given : merged) {
            highest = given.source().compareTo(highest) > 0 ? given.source() : highest;
        }
        List<Given> strongest = new ArrayList<>();
        for (Given given : merged) {
            if (given.source() == highest) {
                strongest.add(given);
            }
        }
        return strongest;
    }

    /** What all sources say, the weakest source first. */
    List<Given> merged(Setting<?> setting) {
        return List.copyOf(all.getOrDefault(setting, List.of()));
    }

    Optional<Given> first(Setting<?> setting) {
        List<Given> strongest = strongest(setting);
        return strongest.isEmpty() ? Optional.empty() : Optional.of(strongest.get(0));
    }

    void remove(Setting<?> setting) {
        all.remove(setting);
    }
}

package io.p2pfaas.node.config;

import io.p2pfaas.node.call.Allowance;
import io.p2pfaas.node.call.CallerLimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes values of what was given and collects a problem for each that makes none; so each is to be read only once. */
final class GivenReader {
    private final GivenValues given;
    private final List<Problem> problems;
    private final Set<Setting<?>> broken = new HashSet<>();

    /** A value and how it was given. */
    record Read<T>(T value, Given given) {}

    GivenReader(GivenValues given, List<Problem> problems) {
        this.given = given;
        this.problems = problems;
    }

    /** The value of a setting that has a default in the table; the default also stands in for a broken value. */
    <T> T value(Setting<T> setting) {
        Optional<T> found = find(setting);
        return found.isPresent() ? found.get() : setting.parse(setting.defaultValue());
    }

    /** The value, if one is given and sound. */
    <T> Optional<T> find(Setting<T> setting) {
        List<Given> candidates = given.strongest(setting);
        if (candidates.size() > 1) {
            String where = candidates.get(1).where();
            broken.add(setting);
            problems.add(new Problem(setting.key(), where, "given more than once", "one value", setting.example()));
            return Optional.empty();
        }
        List<Read<T>> values = read(setting, candidates);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0).value());
    }

    /** Reads each of {@code texts}; those that make no value are left out. */
    <T> List<Read<T>> read(Setting<T> setting, List<Given> texts) {
        List<Read<T>> values = new ArrayList<>();
        for (Given text : texts) {
            try {
                values.add(new Read<>(setting.parse(text.text()), text));
            } catch (IllegalArgumentException e) {
                String reason = e.getMessage();
                add(setting, text, reason == null ? "not allowed" : reason);
            }
        }
        return values;
    }

    /** Reports what only shows beside other values. */
    void add(Setting<?> setting, Given text, String reason) {
        broken.add(setting);
        problems.add(Problem.ofValue(setting, text, reason));
    }

    /** Whether of two files that are of use only together both or none are given; one alone is reported. */
    boolean areTogether(Setting<Path> one, Optional<Path> first, Setting<Path> other, Optional<Path> second) {
        if (first.isPresent() == second.isPresent()) {
            return true;
        }
        Setting<?> alone = first.isPresent() ? one : other;
        Setting<?> missing = first.isPresent() ? other : one;
        if (isSound(missing)) {
            given.first(alone).ifPresent(text -> add(alone, text, "it is of no use without " + missing));
        }
        return false;
    }

    /** A limit from its settings; a burst alone is reported, and left out it is as many calls as the rate names. */
    CallerLimit limit(
            Setting<Optional<Allowance>> rate, Setting<Integer> burst, Optional<Allowance> quota, int maxInFlight) {
        Optional<Allowance> pace = value(rate);
        int atOnce = value(burst);
        if (atOnce > 0 && pace.isEmpty() && isSound(rate)) {
            given.first(burst).ifPresent(text -> add(burst, text, "it is of no use without " + rate));
        }
        int usual = pace.map(Allowance::calls).orElse(1);
        return new CallerLimit(pace, atOnce > 0 ? atOnce : usual, quota, maxInFlight);
    }

    /** Whether nothing is wrong with this setting so far: what hangs on a broken value is not worth a second message. */
    boolean isSound(Setting<?> setting) {
        return !broken.contains(setting);
    }
}

package io.p2pfaas.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The policies that a node knows by name. A new policy of this project is one class and one line here; a plug-in's
 * comes in with {@link #with}. Immutable.
 */
public final class PolicyCatalogue {
    private record Entry(String name, Function<Parameters, SchedulingPolicy> create) {}

    private final List<Entry> entries;

    private PolicyCatalogue(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The policies of this project. */
    public static PolicyCatalogue standard() {
        List<Entry> entries = new ArrayList<>();
        add(entries, BrokerMatch.NAME, BrokerMatch::of);
        add(entries, LeastLoadedSpill.NAME, LeastLoadedSpill::of);
        add(entries, PowerOfNScheduler.NAME, PowerOfNScheduler::of);
        add(entries, ForwardScheduler.NAME, ForwardScheduler::of);
        add(entries, NoScheduler.NAME, NoScheduler::of);
        add(entries, RejectScheduler.NAME, parameters -> new RejectScheduler());
        return new PolicyCatalogue(entries);
    }

    private static void add(List<Entry> entries, String name, Function<Parameters, SchedulingPolicy> create) {
        entries.add(new Entry(name, create));
    }

    /**
     * A catalogue that has one policy more.
     *
     * @throws IllegalArgumentException if there is one of this name already
     */
    public PolicyCatalogue with(String name, Function<Parameters, SchedulingPolicy> create) {
        if (names().contains(name)) {
            throw new IllegalArgumentException("there is a policy '" + name + "' already");
        }
        List<Entry> more = new ArrayList<>(entries);
        add(more, name, create);
        return new PolicyCatalogue(more);
    }

    /** Names of all policies. */
    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    /** Makes a policy; the exception says what is wrong with name or parameters, and what is allowed. */
    public SchedulingPolicy create(PolicySpec spec) {
        for (Entry entry : entries) {
            if (entry.name.equals(spec.name())) {
                return entry.create.apply(new Parameters(spec.name(), spec.parameters()));
            }
        }
        throw new IllegalArgumentException(
                "there is no policy '" + spec.name() + "'; there are " + String.join(", ", names()));
    }
}

package io.p2pfaas.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The policies that a node knows by name. A new policy is one class and one line here. */
public final class PolicyCatalogue {
    private record Entry(String name, Function<Parameters, SchedulingPolicy> create) {}

    private final List<Entry> entries = new ArrayList<>();

    /** The policies of this project. */
    public static PolicyCatalogue standard() {
        PolicyCatalogue catalogue = new PolicyCatalogue();
        catalogue.add(BrokerMatch.NAME, BrokerMatch::of);
        catalogue.add(LeastLoadedSpill.NAME, LeastLoadedSpill::of);
        catalogue.add(PowerOfNScheduler.NAME, PowerOfNScheduler::of);
        catalogue.add(ForwardScheduler.NAME, ForwardScheduler::of);
        catalogue.add(NoScheduler.NAME, NoScheduler::of);
        catalogue.add(RejectScheduler.NAME, parameters -> new RejectScheduler());
        catalogue.add(LearningScheduler.NAME, LearningScheduler::of);
        return catalogue;
    }

    private void add(String name, Function<Parameters, SchedulingPolicy> create) {
        entries.add(new Entry(name, create));
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

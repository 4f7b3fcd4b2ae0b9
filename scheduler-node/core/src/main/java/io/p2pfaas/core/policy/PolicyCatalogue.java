package io.p2pfaas.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The policies that a node knows by name. A new policy of this project is one class and one line here; a plug-in's
 * comes in with {@link #with}. Nobody changes a catalogue that was given out.
 */
public final class PolicyCatalogue {
    private record Entry(String name, Function<Parameters, SchedulingPolicy> create) {}

    /** Makes a policy by the correct rule or, if asked to, by that of P2PFaaS. */
    private interface Family {
        SchedulingPolicy create(Parameters parameters, boolean faithful);
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Family> families = new LinkedHashMap<>();

    /** The policies of this project. */
    public static PolicyCatalogue standard() {
        PolicyCatalogue catalogue = new PolicyCatalogue();
        catalogue.add(BrokerMatch.NAME, BrokerMatch::of);
        catalogue.add(LeastLoadedSpill.NAME, LeastLoadedSpill::of);
        catalogue.add(RandomSpill.NAME, RandomSpill::of);
        catalogue.add(LeastLoaded.NAME, LeastLoaded::of);
        catalogue.add(SharedSubscription.NAME, SharedSubscription::of);
        catalogue.add(JoinIdleQueue.NAME, JoinIdleQueue::of);
        catalogue.add(PullFromQueue.NAME, PullFromQueue::of);
        catalogue.add(Prequal.NAME, Prequal::of);
        catalogue.addFamily(PowerOfNScheduler.NAME, PowerOfNScheduler::of);
        catalogue.addFamily(PowerOfNSchedulerTau.NAME, PowerOfNSchedulerTau::of);
        catalogue.add(RoundRobinWithMasterScheduler.NAME, RoundRobinWithMasterScheduler::of);
        catalogue.add(ForwardScheduler.NAME, ForwardScheduler::of);
        catalogue.add(NoScheduler.NAME, NoScheduler::of);
        catalogue.add(RejectScheduler.NAME, parameters -> new RejectScheduler());
        catalogue.add(LearningScheduler.NAME, LearningScheduler::of);
        return catalogue;
    }

    private void add(String name, Function<Parameters, SchedulingPolicy> create) {
        entries.add(new Entry(name, create));
    }

    private void addFamily(String name, Family family) {
        families.put(name, family);
        add(name, parameters -> family.create(parameters, false));
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
        PolicyCatalogue more = new PolicyCatalogue();
        more.entries.addAll(entries);
        more.families.putAll(families);
        more.add(name, create);
        return more;
    }

    /** Names of all policies. */
    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    /** Makes a policy; the exception says what is wrong with name or parameters, and what is allowed. */
    public SchedulingPolicy create(PolicySpec spec) {
        if (spec.faithful()) {
            return createFaithful(spec);
        }
        for (Entry entry : entries) {
            if (entry.name.equals(spec.name())) {
                return entry.create.apply(new Parameters(spec.name(), spec.parameters()));
            }
        }
        throw new IllegalArgumentException(
                "there is no policy '" + spec.name() + "'; there are " + String.join(", ", names()));
    }

    /** Names of those that may be a shadow: one that learns from being asked may not. */
    public List<String> shadowNames() {
        return names().stream()
                .filter(name -> !name.equals(LearningScheduler.NAME))
                .toList();
    }

    /** Refuses what cannot be a shadow, or cannot be at all. */
    public void requireShadow(PolicySpec spec) {
        if (names().contains(spec.name()) && !shadowNames().contains(spec.name())) {
            throw new IllegalArgumentException(
                    LearningScheduler.NAME
                            + " cannot be a shadow: to ask it changes what it knows, and it would learn from others' decisions");
        }
    }

    private SchedulingPolicy createFaithful(PolicySpec spec) {
        Family family = families.get(spec.name());
        if (family == null) {
            throw new IllegalArgumentException("'" + spec.name() + "' has no faithful form; there is one of "
                    + String.join(", ", families.keySet()));
        }
        return family.create(new Parameters(spec.name(), spec.parameters()), true);
    }
}

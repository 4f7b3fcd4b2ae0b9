package io.p2pfaas.core.policy;

/**
 * What a plug-in provides: one scheduling algorithm under one name. A jar names its providers, classes with a public
 * constructor without parameters, in {@code META-INF/services/io.p2pfaas.core.policy.PolicyProvider}.
 */
public interface PolicyProvider {
    /**
     * The algorithm's name in configurations: a letter, then up to 63 letters, digits, {@code _} or {@code -}. Not that
     * of a policy of this project, nor of another plug-in.
     */
    String name();

    /**
     * Makes the algorithm. Several may be in use at once: one for each node of a simulation, one as a shadow.
     *
     * @param parameters as configured, for example {@code 1} and {@code 2} of {@code Name(1,2)}
     * @throws IllegalArgumentException if a parameter is wrong, with its name and what is allowed
     */
    SchedulingPolicy create(Parameters parameters);
}

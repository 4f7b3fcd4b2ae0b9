package io.p2pfaas.load.plan;

import java.util.List;

/** How long executions take. All means are in nanoseconds. */
public sealed interface ServiceLaw {
    /** S. */
    double meanNanos();

    /** Memoryless. */
    record Exponential(double meanNanos) implements ServiceLaw {}

    /** Always the same. */
    record Deterministic(double meanNanos) implements ServiceLaw {}

    /** Lognormal with this standard deviation of the logarithm. */
    record Lognormal(double meanNanos, double sigma) implements ServiceLaw {}

    /** Pareto with shape {@code alpha} above 1, the heavy tail. */
    record Pareto(double meanNanos, double alpha) implements ServiceLaw {}

    /** Drawn from measured values. */
    record Empirical(List<Double> nanos) implements ServiceLaw {
        public Empirical {
            nanos = List.copyOf(nanos);
            if (nanos.isEmpty()) {
                throw new IllegalArgumentException("an empirical law needs at least one value");
            }
        }

        @Override
        public double meanNanos() {
            return nanos.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }
    }
}

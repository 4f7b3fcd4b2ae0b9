package io.p2pfaas.load.sim;

import io.p2pfaas.load.plan.ServiceLaw;
import java.util.random.RandomGenerator;

/** Draws service times of a law. StrictMath and inversion throughout, so that every machine and JDK draws the same. */
interface ServiceTimes {
    /** One service time, in nanoseconds. */
    double draw(RandomGenerator random);

    /**
     * What draws from a law.
     *
     * @throws IllegalArgumentException if a parameter of the law makes no sense
     */
    static ServiceTimes of(ServiceLaw law) {
        double mean = law.meanNanos();
        require(mean >= 1 && mean <= 1e15, "the mean service time must be 1 ns to 1e6 s", mean);
        if (law instanceof ServiceLaw.Deterministic) {
            return random -> mean;
        }
        if (law instanceof ServiceLaw.Lognormal lognormal) {
            return lognormal(mean, lognormal.sigma());
        }
        if (law instanceof ServiceLaw.Pareto pareto) {
            return pareto(mean, pareto.alpha());
        }
        if (law instanceof ServiceLaw.Empirical empirical) {
            double[] values =
                    empirical.nanos().stream().mapToDouble(Double::doubleValue).toArray();
            return random -> values[random.nextInt(values.length)];
        }
        return random -> -mean * StrictMath.log1p(-random.nextDouble());
    }

    private static ServiceTimes lognormal(double mean, double sigma) {
        require(sigma > 0 && sigma <= 10, "sigma of a lognormal law must be above 0 and at most 10", sigma);
        double mu = StrictMath.log(mean) - sigma * sigma / 2;
        // Box and Muller; the second normal is thrown away, so that each call costs two random numbers.
        return random -> {
            double radius = StrictMath.sqrt(-2 * StrictMath.log1p(-random.nextDouble()));
            double normal = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
            return StrictMath.exp(mu + sigma * normal);
        };
    }

    private static ServiceTimes pareto(double mean, double alpha) {
        require(alpha > 1 && alpha <= 1000, "alpha of a Pareto law must be above 1 and at most 1000", alpha);
        double least = mean * (alpha - 1) / alpha;
        return random -> least * StrictMath.pow(1 - random.nextDouble(), -1 / alpha);
    }

    private static void require(boolean holds, String rule, double value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}

package io.p2pfaas.load.campaign;

import io.p2pfaas.load.plan.Experiment.RunSpec;
import io.p2pfaas.load.record.Interval;
import java.util.List;

/**
 * When a point has been repeated often enough: at the first number of repetitions, from the least to the most, for which
 * the 95 % interval of pB is within the asked share of its mean. Looks at repetitions in their order only, so that the
 * answer does not depend on which of them ended first.
 */
final class RepetitionRule {
    private RepetitionRule() {}

    /** @param losses pB of repetition 0, 1, 2 and so on, without a gap */
    static boolean isEnough(RunSpec run, List<Double> losses) {
        if (losses.size() < run.minRepetitions()) {
            return false;
        }
        if (run.halfWidth() == 0 || losses.size() >= run.maxRepetitions()) {
            return true;
        }
        for (int n = run.minRepetitions(); n <= losses.size(); n++) {
            Interval interval = Interval.of(losses.subList(0, n).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray());
            if (interval.halfWidth() <= run.halfWidth() * interval.mean()) {
                return true;
            }
        }
        return false;
    }
}

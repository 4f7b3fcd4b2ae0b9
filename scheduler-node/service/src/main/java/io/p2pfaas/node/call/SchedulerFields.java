package io.p2pfaas.node.call;

import io.p2pfaas.core.model.DurationText;
import io.p2pfaas.core.model.Routing;
import java.util.List;

/**
 * What a caller asks of the scheduler in header fields or user properties. Any non-empty value of a routing field
 * counts; the first in the order bypass, forward, reject wins.
 *
 * @param taskType learning task type; 0 if none or no number was given
 * @param wantedWithinNanos the time within which an answer is worth a learner's reward; 0 if none was given, or nonsense
 */
public record SchedulerFields(Routing routing, int taskType, long wantedWithinNanos) {
    private static final String PREFIX = "X-P2pfaas-Scheduler-";
    private static final List<Routing> PRECEDENCE = List.of(Routing.BYPASS, Routing.FORWARD, Routing.REJECT);
    private static final SchedulerFields DEFAULT = new SchedulerFields(Routing.POLICY, 0, 0);

    /** Reads them. */
    public static SchedulerFields of(Headers headers) {
        Routing[] routing = {Routing.POLICY};
        int[] taskType = {0};
        long[] wantedWithin = {0};
        headers.forEach((name, value) -> {
            if (name.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) && !value.isEmpty()) {
                String what = name.substring(PREFIX.length());
                if (what.equalsIgnoreCase("Bypass")) {
                    routing[0] = first(routing[0], Routing.BYPASS);
                } else if (what.equalsIgnoreCase("Forward")) {
                    routing[0] = first(routing[0], Routing.FORWARD);
                } else if (what.equalsIgnoreCase("Reject")) {
                    routing[0] = first(routing[0], Routing.REJECT);
                } else if (what.equalsIgnoreCase("Learning-Task-Type")) {
                    taskType[0] = number(value);
                } else if (what.equalsIgnoreCase("Learning-Deadline")) {
                    wantedWithin[0] = duration(value);
                }
            }
        });
        return routing[0] == Routing.POLICY && taskType[0] == 0 && wantedWithin[0] == 0
                ? DEFAULT
                : new SchedulerFields(routing[0], taskType[0], wantedWithin[0]);
    }

    private static Routing first(Routing known, Routing other) {
        return known == Routing.POLICY || PRECEDENCE.indexOf(other) < PRECEDENCE.indexOf(known) ? other : known;
    }

    /** {@code 300ms}, or seconds as P2PFaaS's tools give them: {@code 0.3}. */
    private static long duration(String text) {
        String trimmed = text.trim();
        boolean hasUnit = !trimmed.isEmpty() && Character.isLetter(trimmed.charAt(trimmed.length() - 1));
        try {
            return DurationText.parse(hasUnit ? trimmed : trimmed + "s").toNanos();
        } catch (IllegalArgumentException ignored) {
            // As with the task type: what makes no sense was not said.
            return 0;
        }
    }

    private static int number(String text) {
        try {
            return Math.max(0, Integer.parseInt(text.trim()));
        } catch (NumberFormatException ignored) {
            // As with P2PFaaS: what is no number is the default type.
            return 0;
        }
    }
}

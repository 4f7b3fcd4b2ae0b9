package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.live.ledger.Fault.Effect;
import io.p2pfaas.load.live.ledger.Finding.Kind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Says of one call what is wrong with it. The rules are those of docs/lab/chaos.md: a fault excuses only what it can
 * have caused, for calls that it can have met.
 */
final class Judge {
    private static final Set<Effect> ANY = EnumSet.of(Effect.LOSES, Effect.STANDS_STILL, Effect.SLOW, Effect.LEAVES);
    private static final Set<Effect> HARD = EnumSet.of(Effect.LOSES, Effect.STANDS_STILL);
    private static final Set<Effect> LATE = EnumSet.of(Effect.STANDS_STILL, Effect.SLOW);
    private static final Set<Effect> MUTE = EnumSet.of(Effect.LOSES, Effect.STANDS_STILL, Effect.SLOW);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Rules rules;
    private final FaultTimes faults;
    private final Tallies tallies;

    Judge(Rules rules, FaultTimes faults, Tallies tallies) {
        this.rules = rules;
        this.faults = faults;
        this.tallies = tallies;
    }

    void judge(CallPage page) {
        judgeEnd(page);
        judgeRepeats(page);
        judgeLateness(page);
    }

    private void judgeEnd(CallPage page) {
        if (page.ends.size() != 1) {
            Kind kind = page.ends.isEmpty() ? Kind.NO_END : Kind.TWO_ENDS;
            find(kind, page, page.ends.size() + " ends");
            return;
        }
        Entry.Ended end = page.ends.get(0);
        tallies.ended(page.sent.via(), end.close());
        if (end.close().isAnswer() && page.strays > 0) {
            find(Kind.TWO_ENDS, page, (1 + page.strays) + " answers");
        }
        switch (end.close()) {
            case BROKEN -> excuseOr(Kind.NO_END, HARD, page, end);
            case SILENT -> excuseOr(Kind.NO_END, MUTE, page, end);
            case NOT_LET_IN -> excuseOr(Kind.NOT_LET_IN, ANY, page, end);
            case DONE -> {
                if (page.executions.isEmpty()) {
                    find(Kind.NOT_EXECUTED, page, "answered with status " + end.status());
                }
            }
            case REJECTED -> {
                judgeRejection(page, end);
            }
            case FAILED, NOT_SENT -> {
                // The caller knows, and may or may not find that it was executed.
            }
        }
    }

    private void judgeRejection(CallPage page, Entry.Ended end) {
        if (page.executions.isEmpty()) {
            return;
        }
        if (anythingBroken(page)) {
            tallies.excused(Kind.REJECTED_BUT_EXECUTED);
        } else {
            find(Kind.REJECTED_BUT_EXECUTED, page, "status " + end.status() + ", " + where(page));
        }
    }

    private void excuseOr(Kind kind, Set<Effect> effects, CallPage page, Entry.Ended end) {
        boolean excused = faults.excuse(effects, page::entersBy, page.sent.atNanos(), end.atNanos());
        if (excused) {
            tallies.excused(kind);
        } else {
            find(kind, page, end.close() + " " + end.detail() + ", " + where(page));
        }
    }

    private void judgeRepeats(CallPage page) {
        if (page.executions.size() < 2) {
            return;
        }
        if (page.sent.repeatable() && anythingBroken(page)) {
            tallies.excused(Kind.DOUBLE_EXECUTION);
        } else {
            find(Kind.DOUBLE_EXECUTION, page, where(page));
        }
    }

    /** A node that stood still, or whose messages did, cannot know how much time a call that it then reads has left. */
    private void judgeLateness(CallPage page) {
        for (Entry.Began began : page.executions) {
            long dueNanos = page.sent.atNanos()
                    + page.sent.budgetNanos()
                    + rules.tolerance().toNanos();
            if (began.atNanos() <= dueNanos) {
                continue;
            }
            boolean excused = faults.excuse(
                    LATE,
                    target -> target.equals(Fault.BROKER) || target.equals(began.node()) || page.entersBy(target),
                    page.sent.atNanos(),
                    began.atNanos());
            if (excused) {
                tallies.excused(Kind.LATE_EXECUTION);
            } else {
                find(Kind.LATE_EXECUTION, page, where(page));
            }
        }
    }

    private boolean anythingBroken(CallPage page) {
        long last =
                page.executions.stream().mapToLong(Entry.Began::atNanos).max().orElse(page.endNanos());
        return faults.excuse(ANY, target -> true, page.sent.atNanos(), Math.max(last, page.endNanos()));
    }

    private static String where(CallPage page) {
        StringBuilder text = new StringBuilder(page.executions.isEmpty() ? "not executed" : "executed");
        for (Entry.Began began : page.executions) {
            text.append(" on ").append(began.node()).append(" after ").append(millis(page, began.atNanos()));
        }
        return text.append("; ended after ")
                .append(millis(page, page.endNanos()))
                .toString();
    }

    private static String millis(CallPage page, long nanos) {
        return Math.round((nanos - page.sent.atNanos()) / NANOS_PER_MILLI) + " ms";
    }

    private void find(Kind kind, CallPage page, String text) {
        String call = page.sent.via()
                + (page.sent.entrance().isEmpty() ? "" : " to " + page.sent.entrance())
                + (page.sent.repeatable() ? "" : ", not idempotent");
        tallies.find(new Finding(kind, page.sent.call(), page.sent.atNanos(), call + ": " + text));
    }
}

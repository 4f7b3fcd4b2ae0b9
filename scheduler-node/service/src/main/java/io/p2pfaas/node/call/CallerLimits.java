package io.p2pfaas.node.call;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What each caller, a device for example, has used of what it may use on this node. The callers seen last are known,
 * {@link #MAX_CALLERS} of them; one that is forgotten begins anew. Thread-safe.
 */
public final class CallerLimits {
    /** Callers that are known at once. */
    public static final int MAX_CALLERS = 10_000;

    /** Lest a large burst at a slow pace overflow. */
    private static final double MAX_AHEAD_NANOS = 1e18;

    /** Which limit a call is above. */
    public enum Limit {
        RATE("the caller calls too often"),
        QUOTA("the caller has used up its quota"),
        IN_FLIGHT("the caller has too many calls in flight");

        private final String sentence;

        Limit(String sentence) {
            this.sentence = sentence;
        }

        /** What is said to the caller. */
        public String sentence() {
            return sentence;
        }

        /** As a metric's label has it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Whether a call may go on.
     *
     * @param exceeded null = it may
     * @param ended to be run when a call that went on has ended
     */
    public record Admission(@Nullable Limit exceeded, int retryAfterSeconds, Runnable ended) {
        private static final Admission UNLIMITED = new Admission(null, 0, () -> {});
    }

    private static final class Account {
        /** When the caller would have used up what it used at its pace (GCRA). */
        long paidUntilNanos;

        long quotaSinceNanos;
        int quotaUsed;
        int inFlight;

        Account(long nowNanos) {
            paidUntilNanos = nowNanos;
            quotaSinceNanos = nowNanos;
        }
    }

    private final CallerLimit limit;
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > MAX_CALLERS;
        }
    };

    /** @param limit the same for each caller */
    public CallerLimits(CallerLimit limit) {
        this.limit = limit;
    }

    /** A call of a caller came; one that may go on counts. */
    public synchronized Admission came(String caller, long nowNanos) {
        if (!limit.isSet()) {
            return Admission.UNLIMITED;
        }
        Account account = accounts.computeIfAbsent(caller, name -> new Account(nowNanos));
        long rateWait = rateWait(account, nowNanos);
        long quotaWait = quotaWait(account, nowNanos);
        if (quotaWait > 0) {
            return refused(Limit.QUOTA, quotaWait);
        }
        if (rateWait > 0) {
            return refused(Limit.RATE, rateWait);
        }
        if (limit.maxInFlight() > 0 && account.inFlight >= limit.maxInFlight()) {
            return refused(Limit.IN_FLIGHT, 1);
        }
        limit.rate().ifPresent(rate -> account.paidUntilNanos += stepNanos(rate));
        account.quotaUsed++;
        account.inFlight++;
        return new Admission(null, 0, () -> ended(account));
    }

    private synchronized void ended(Account account) {
        account.inFlight--;
    }

    private static Admission refused(Limit limit, long waitNanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return new Admission(limit, Math.toIntExact((waitNanos + second - 1) / second), () -> {});
    }

    private static long stepNanos(Allowance rate) {
        return Math.max(1, rate.per().toNanos() / rate.calls());
    }

    private long rateWait(Account account, long nowNanos) {
        if (limit.rate().isEmpty()) {
            return 0;
        }
        if (account.paidUntilNanos - nowNanos < 0) {
            account.paidUntilNanos = nowNanos;
        }
        long ahead =
                (long) Math.min(MAX_AHEAD_NANOS, (double) stepNanos(limit.rate().get()) * (limit.burst() - 1));
        return account.paidUntilNanos - nowNanos - ahead;
    }

    private long quotaWait(Account account, long nowNanos) {
        if (limit.quota().isEmpty()) {
            return 0;
        }
        Allowance quota = limit.quota().get();
        long since = nowNanos - account.quotaSinceNanos;
        if (since >= quota.per().toNanos()) {
            account.quotaSinceNanos = nowNanos;
            account.quotaUsed = 0;
        }
        return account.quotaUsed < quota.calls() ? 0 : quota.per().toNanos() - since;
    }
}

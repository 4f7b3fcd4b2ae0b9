package io.p2pfaas.node.call;

import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.CallTrail.Attempted;
import io.p2pfaas.core.model.CallTrail.Candidate;
import io.p2pfaas.core.model.CallTrail.Decided;
import io.p2pfaas.core.model.Load;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What was decided about a call, as compact JSON of visible ASCII that fits into a header field. What does not fit is left
 * out, candidates first and then the oldest steps, and it says so.
 */
final class DecisionText {
    static final int MAX_LENGTH = 4096;

    private static final int[] CANDIDATES = {12, 6, 3, 1, 0};

    private final long arrivedNanos;
    private final int maxCandidates;
    private final StringBuilder json = new StringBuilder(512);

    private DecisionText(long arrivedNanos, int maxCandidates) {
        this.arrivedNanos = arrivedNanos;
        this.maxCandidates = maxCandidates;
    }

    static String of(CallTrail trail, long arrivedNanos) {
        List<Decided> decisions = trail.decisions();
        List<Attempted> attempts = trail.attempts();
        for (int most : CANDIDATES) {
            boolean isWhole =
                    decisions.stream().allMatch(decided -> decided.candidates().size() <= most);
            String text = new DecisionText(arrivedNanos, most).write(decisions, attempts, isWhole);
            if (text.length() <= MAX_LENGTH) {
                return text;
            }
        }
        return newest(decisions, attempts, arrivedNanos);
    }

    private static String newest(List<Decided> decisions, List<Attempted> attempts, long arrivedNanos) {
        int most = Math.max(decisions.size(), attempts.size());
        for (int kept = most; kept > 0; kept /= 2) {
            String text = new DecisionText(arrivedNanos, 0).write(tail(decisions, kept), tail(attempts, kept), false);
            if (text.length() <= MAX_LENGTH) {
                return text;
            }
        }
        return "{\"decisions\":[],\"attempts\":[],\"truncated\":true}";
    }

    private static <T> List<T> tail(List<T> list, int kept) {
        return list.subList(Math.max(0, list.size() - kept), list.size());
    }

    private String write(List<Decided> decisions, List<Attempted> attempts, boolean isWhole) {
        json.append("{\"decisions\":[");
        String comma = "";
        for (Decided decided : decisions) {
            json.append(comma);
            write(decided);
            comma = ",";
        }
        json.append("],\"attempts\":[");
        comma = "";
        for (Attempted attempt : attempts) {
            json.append(comma);
            write(attempt);
            comma = ",";
        }
        return json.append(isWhole ? "]}" : "],\"truncated\":true}").toString();
    }

    private void write(Decided decided) {
        json.append("{\"atMicros\":").append(micros(arrivedNanos, decided.atNanos()));
        json.append(",\"policy\":").append(JsonText.ascii(decided.policy()));
        json.append(",\"choice\":").append(JsonText.ascii(decided.choice()));
        json.append(",\"own\":{");
        write(decided.own());
        json.append("},\"candidates\":[");
        String comma = "";
        List<Candidate> candidates = decided.candidates();
        for (Candidate candidate : candidates.subList(0, Math.min(maxCandidates, candidates.size()))) {
            json.append(comma);
            write(candidate);
            comma = ",";
        }
        json.append("]}");
    }

    private void write(Candidate candidate) {
        json.append("{\"node\":").append(JsonText.ascii(candidate.node().value()));
        Load load = candidate.load();
        if (load != null) {
            json.append(',');
            write(load);
            json.append(",\"ageMillis\":").append(TimeUnit.NANOSECONDS.toMillis(candidate.ageNanos()));
        }
        json.append(",\"fresh\":").append(candidate.isFresh());
        json.append(",\"lookedAt\":").append(candidate.isLookedAt()).append('}');
    }

    private void write(Load load) {
        json.append("\"running\":").append(load.running());
        json.append(",\"slots\":").append(load.slots());
        json.append(",\"queued\":").append(load.queued());
        json.append(",\"queueMax\":").append(load.queueMax());
    }

    private void write(Attempted attempt) {
        json.append("{\"to\":").append(JsonText.ascii(attempt.to()));
        json.append(",\"result\":").append(JsonText.ascii(attempt.isOpen() ? "open" : attempt.result()));
        if (!attempt.isOpen()) {
            json.append(",\"micros\":").append(micros(attempt.sentNanos(), attempt.endedNanos()));
        }
        json.append('}');
    }

    private static long micros(long fromNanos, long toNanos) {
        return TimeUnit.NANOSECONDS.toMicros(Math.max(0, toNanos - fromNanos));
    }
}

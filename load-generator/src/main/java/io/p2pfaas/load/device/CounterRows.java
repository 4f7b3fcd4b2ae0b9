package io.p2pfaas.load.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Readings of a broker's counters over time. A broker says them every second or two, so what happened between two
 * arbitrary instants is interpolated. Any thread.
 */
final class CounterRows {
    private final List<Row> rows = new ArrayList<>();
    private PublishCounts now = new PublishCounts(0, 0);
    /** What counters had reached before the broker was restarted, so that sums never fall. */
    private PublishCounts before = new PublishCounts(0, 0);

    private record Row(long atNanos, PublishCounts counts) {}

    /** The broker begins to say its counters, whether they changed or not. */
    synchronized void onTick(long atNanos) {
        rows.add(new Row(atNanos, now.plus(before)));
    }

    synchronized void onReceived(long total) {
        if (total < now.received()) {
            before = before.plus(new PublishCounts(now.received(), 0));
        }
        now = new PublishCounts(total, now.sent());
        refreshLast();
    }

    synchronized void onSent(long total) {
        if (total < now.sent()) {
            before = before.plus(new PublishCounts(0, now.sent()));
        }
        now = new PublishCounts(now.received(), total);
        refreshLast();
    }

    private void refreshLast() {
        if (!rows.isEmpty()) {
            Row last = rows.remove(rows.size() - 1);
            rows.add(new Row(last.atNanos(), now.plus(before)));
        }
    }

    /** Whether something was said at or after this instant. */
    synchronized boolean reach(long atNanos) {
        return !rows.isEmpty() && rows.get(rows.size() - 1).atNanos() - atNanos >= 0;
    }

    /** What was counted between two instants; empty unless there are readings on both sides of both. */
    synchronized Optional<PublishCounts> between(long fromNanos, long toNanos) {
        if (rows.isEmpty() || rows.get(0).atNanos() - fromNanos > 0 || !reach(toNanos)) {
            return Optional.empty();
        }
        return Optional.of(at(toNanos).minus(at(fromNanos)));
    }

    private PublishCounts at(long atNanos) {
        Row earlier = rows.get(0);
        for (Row later : rows) {
            if (later.atNanos() - atNanos >= 0) {
                long span = later.atNanos() - earlier.atNanos();
                double share = span == 0 ? 1 : (double) (atNanos - earlier.atNanos()) / span;
                return earlier.counts()
                        .plus(later.counts().minus(earlier.counts()).times(share));
            }
            earlier = later;
        }
        return earlier.counts();
    }
}

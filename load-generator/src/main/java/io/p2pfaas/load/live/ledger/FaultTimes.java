package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.live.ledger.Fault.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** When what was broken, and for whom that is an excuse. */
final class FaultTimes {
    private final long graceNanos;
    private final List<Window> windows = new ArrayList<>();

    private record Window(Fault fault, String target, long fromNanos, long toNanos) {
        boolean isOpen() {
            return toNanos == Long.MAX_VALUE;
        }
    }

    /** @param graceNanos how long after it was mended a fault is still an excuse */
    FaultTimes(long graceNanos) {
        this.graceNanos = graceNanos;
    }

    void broke(Entry.Broke broke) {
        windows.add(new Window(broke.fault(), broke.target(), broke.atNanos(), Long.MAX_VALUE));
    }

    void mended(Entry.Mended mended) {
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            if (window.isOpen()
                    && window.fault() == mended.fault()
                    && window.target().equals(mended.target())) {
                windows.set(i, new Window(window.fault(), window.target(), window.fromNanos(), mended.atNanos()));
            }
        }
    }

    /** Whether a fault with one of these effects was on, or just over, at some instant between these two. */
    boolean excuse(Set<Effect> effects, Predicate<String> target, long fromNanos, long toNanos) {
        return windows.stream()
                .anyMatch(window -> effects.contains(window.fault().effect())
                        && target.test(window.target())
                        && window.fromNanos() <= toNanos
                        && (window.isOpen() || window.toNanos() + graceNanos >= fromNanos));
    }

    /** Forgets those that nobody will ask about any more. */
    void forgetBefore(long nanos) {
        windows.removeIf(window -> !window.isOpen() && window.toNanos() + graceNanos < nanos);
    }
}

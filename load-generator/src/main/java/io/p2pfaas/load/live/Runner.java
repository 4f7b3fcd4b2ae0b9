package io.p2pfaas.load.live;

import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.Progress;
import io.p2pfaas.load.record.RunRecord;
import io.p2pfaas.load.record.Tally;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Sends the calls of an agenda at their due times, whether or not earlier ones were answered (open loop), and records how
 * each ended. One thread, the one that calls {@link #run}, paces, expires and records; replies come from any thread and
 * wait in a queue for it. Used once.
 */
public final class Runner {
    /** Longest the pacing thread looks away from replies, deadlines and {@link #stop}. */
    private static final long MAX_NAP_NANOS = 5_000_000;

    /** How long calls in flight may still be answered after {@link #stop}. */
    static final long STOP_GRACE_NANOS = 1_000_000_000;

    private static final long PROGRESS_INTERVAL_NANOS = 100_000_000;

    private final Pace pace;
    private final Agenda agenda;
    private final Transport transport;
    private final Clock clock;
    private final Consumer<Outcome> outcomes;
    private final Tally warmup = new Tally();
    private final Tally measured = new Tally();

    /** In the order they were sent, which is that of their deadlines. At most {@code pace.maxInFlight()}. */
    private final Set<Flight> inFlight = new LinkedHashSet<>();

    /** Ends the pacing thread has not seen yet. Bounded by what is in flight: a flight ends once. */
    private final Queue<Landing> landings = new ConcurrentLinkedQueue<>();

    private long startNanos;
    private volatile boolean stopped;
    private volatile Progress progress = new Progress(0, 0, 0, 0, 0, 0);

    private record Landing(Flight flight, Outcome outcome) {}

    /** @param outcomes told every outcome, by the pacing thread, so it must be quick */
    public Runner(Pace pace, Agenda agenda, Transport transport, Clock clock, Consumer<Outcome> outcomes) {
        this.pace = pace;
        this.agenda = agenda;
        this.transport = transport;
        this.clock = clock;
        this.outcomes = outcomes;
    }

    /** Ends the run early: nothing more is sent, and what is in flight gets a moment to end. Any thread. */
    public void stop() {
        stopped = true;
    }

    /** How far the run is, at most some 100 ms old. Any thread. */
    public Progress progress() {
        return progress;
    }

    /** Runs the agenda to its end on the calling thread, from now on. */
    public RunRecord run() {
        return run(clock.nanos());
    }

    /** The same from a given instant of the clock, so that others can have an eye on the same time. */
    public RunRecord run(long startsAtNanos) {
        startNanos = startsAtNanos;
        int next = 0;
        while (!stopped && (next < agenda.size() || (!inFlight.isEmpty() && now() < pace.endNanos()))) {
            catchUp();
            if (next < agenda.size() && agenda.dueNanos(next) <= now()) {
                begin(next++);
            } else {
                nap(next < agenda.size() ? agenda.dueNanos(next) : pace.endNanos());
            }
        }
        boolean endedEarly = stopped && (next < agenda.size() || !inFlight.isEmpty());
        long plannedNanos = pace.duration().toNanos();
        long measuredNanos =
                endedEarly ? Math.min(plannedNanos, now() - pace.warmup().toNanos()) : plannedNanos;
        if (endedEarly) {
            cutOffUnsent(next, now());
        }
        land(now() + (endedEarly ? STOP_GRACE_NANOS : 0));
        publishProgress(now());
        return new RunRecord(warmup, measured, Duration.ofNanos(Math.max(0, measuredNanos)), endedEarly);
    }

    private long now() {
        return clock.nanos() - startNanos;
    }

    /** Waits for the next thing to do, which is at {@code nextDueNanos}, a deadline, or soon. */
    private void nap(long nextDueNanos) {
        long until = Math.min(nextDueNanos, now() + MAX_NAP_NANOS);
        Iterator<Flight> oldest = inFlight.iterator();
        if (oldest.hasNext()) {
            until = Math.min(until, deadlineOf(oldest.next()));
        }
        clock.waitUntil(startNanos + until);
    }

    private long deadlineOf(Flight flight) {
        return flight.sentNanos() + pace.timeout().toNanos();
    }

    private void begin(int call) {
        long due = agenda.dueNanos(call);
        tallyFor(due).onDue();
        if (inFlight.size() >= pace.maxInFlight()) {
            end(new Outcome.Unsent(call, due, EndState.NOT_SENT));
            return;
        }
        Flight flight = new Flight(call, due, now());
        inFlight.add(flight);
        flight.onSending(transport.send(agenda.call(call), reply -> onReply(flight, reply)));
    }

    /** Any thread. A reply after the deadline loses the claim and is dropped: the call has ended as a timeout. */
    private void onReply(Flight flight, Reply reply) {
        long endNanos = now();
        if (flight.claimEnd()) {
            landings.add(new Landing(flight, flight.repliedAt(endNanos, reply)));
        }
    }

    /** Records what has ended since the last look, by a reply or by its deadline. */
    private void catchUp() {
        long now = now();
        drainLandings();
        Iterator<Flight> oldestFirst = inFlight.iterator();
        while (oldestFirst.hasNext()) {
            Flight flight = oldestFirst.next();
            if (deadlineOf(flight) > now) {
                break;
            }
            // A reply that wins the claim right now is in landings and is found at the next look.
            if (flight.claimEnd()) {
                oldestFirst.remove();
                end(flight.givenUpAt(now, EndState.TIMEOUT));
            }
        }
        if (now - progress.elapsedNanos() >= PROGRESS_INTERVAL_NANOS) {
            publishProgress(now);
        }
    }

    private void drainLandings() {
        for (Landing landing = landings.poll(); landing != null; landing = landings.poll()) {
            inFlight.remove(landing.flight());
            end(landing.outcome());
        }
    }

    /** Calls that were due at the stop, because the generator was late, are due calls and must not vanish. */
    private void cutOffUnsent(int next, long stoppedAt) {
        for (int call = next; call < agenda.size() && agenda.dueNanos(call) <= stoppedAt; call++) {
            long due = agenda.dueNanos(call);
            tallyFor(due).onDue();
            end(new Outcome.Unsent(call, due, EndState.CUT_OFF));
        }
    }

    private void land(long latestNanos) {
        while (!inFlight.isEmpty() && now() < latestNanos) {
            nap(latestNanos);
            catchUp();
        }
        Iterator<Flight> remaining = inFlight.iterator();
        while (remaining.hasNext()) {
            Flight flight = remaining.next();
            if (flight.claimEnd()) {
                remaining.remove();
                end(flight.givenUpAt(now(), EndState.CUT_OFF));
            }
        }
        // The others were claimed by a reply, which an I/O thread is adding to the landings at this moment.
        while (!inFlight.isEmpty()) {
            Thread.onSpinWait();
            drainLandings();
        }
    }

    private void end(Outcome outcome) {
        tallyFor(outcome.dueNanos()).onEnd(outcome);
        outcomes.accept(outcome);
    }

    private Tally tallyFor(long dueNanos) {
        return dueNanos < pace.warmup().toNanos() ? warmup : measured;
    }

    private void publishProgress(long now) {
        long ok = warmup.ended(EndState.OK) + measured.ended(EndState.OK);
        long rejected = warmup.ended(EndState.REJECTED) + measured.ended(EndState.REJECTED);
        long failed = warmup.ended() + measured.ended() - ok - rejected;
        progress = new Progress(now, warmup.due() + measured.due(), ok, rejected, failed, inFlight.size());
    }
}

package io.p2pfaas.load.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.arrivals.Deterministic;
import io.p2pfaas.load.plan.CallTemplate;
import io.p2pfaas.load.plan.Plan;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Executor;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunRecord;
import io.p2pfaas.load.record.Tally;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The runner on a clock of its own: 100 calls a second for ten seconds, after one second of warm-up. */
final class RunnerTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000 * MS;
    private static final Reply OK = new Reply.Answer(200, OptionalInt.empty(), Executor.LOCAL);

    private final ManualClock clock = new ManualClock();
    private final long start = clock.nanos();
    private final List<Outcome> outcomes = new ArrayList<>();
    private int givenUp;

    private static Plan plan(Duration timeout, int maxInFlight) {
        return new Plan(
                List.of(URI.create("http://a/"), URI.create("http://b/")),
                new CallTemplate(List.of(), new byte[0]),
                new Deterministic(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                timeout,
                1,
                maxInFlight);
    }

    private Runner runner(Plan plan, Transport target) {
        return new Runner(Pace.of(plan), Agenda.of(plan.schedule()), target, clock, outcomes::add);
    }

    /** Answers after {@code serviceNanos}, but nothing before {@code stallEndNanos} of the run. */
    private Transport answeringAfter(long serviceNanos, long stallFromNanos, long stallEndNanos) {
        return (target, onReply) -> {
            long end = clock.nanos() - start + serviceNanos;
            boolean stalled = end >= stallFromNanos && end < stallEndNanos;
            clock.at(start + (stalled ? stallEndNanos : end), () -> onReply.accept(OK));
            return () -> givenUp++;
        };
    }

    private static Transport silent() {
        return (target, onReply) -> () -> {};
    }

    @Test
    void a_stalled_target_shows_in_the_latencies_although_nothing_was_sent_late() {
        Plan plan = plan(Duration.ofSeconds(30), 4096);
        // Silent for two of the ten measured seconds: one call in five meets it.
        RunRecord run = runner(plan, answeringAfter(MS, 4 * S, 6 * S)).run();

        Tally tally = run.measured();
        assertThat(tally.ended(EndState.OK)).isEqualTo(1000);
        assertThat(tally.sendLag().getMaxValue()).isZero();
        Histogram latency = tally.latency(EndState.OK);
        assertThat(latency.getValueAtPercentile(50)).isBetween(MS, MS + MS / 100);
        // Of the calls due in the stall, half waited more than one second, the first two seconds.
        assertThat(latency.getValueAtPercentile(90)).isBetween(990 * MS, 1020 * MS);
        assertThat(latency.getMaxValue()).isBetween(1990 * MS, 2003 * MS);
    }

    @Test
    void a_generator_that_is_late_itself_counts_it_as_latency_and_says_so() {
        Plan plan = plan(Duration.ofSeconds(30), 4096);
        Transport slowToSend = (target, onReply) -> {
            clock.pass(20 * MS);
            onReply.accept(OK);
            return () -> {};
        };
        RunRecord run = runner(plan, slowToSend).run();
        // Twice as long to send as there is: the last call is sent ten seconds and more late.
        assertThat(run.measured().sendLag().getMaxValue()).isGreaterThan(10 * S);
        assertThat(run.measured().latency(EndState.OK).getMaxValue())
                .isGreaterThan(run.measured().sendLag().getMaxValue());
        assertThat(run.measured().due()).isEqualTo(1000);
        assertThat(run.isBalanced()).isTrue();
    }

    @Test
    void every_call_is_sent_at_its_due_time_without_waiting_for_answers_and_the_warm_up_is_kept_apart() {
        List<URI> targets = new ArrayList<>();
        Plan plan = plan(Duration.ofSeconds(30), 4096);
        Transport late = answeringAfter(20 * S, 0, 0);
        RunRecord run = runner(plan, (call, onReply) -> {
                    targets.add(plan.targetOf(call.number()));
                    return late.send(call, onReply);
                })
                .run();
        assertThat(run.warmup().ended(EndState.OK)).isEqualTo(100);
        assertThat(run.measured().ended(EndState.OK)).isEqualTo(1000);
        assertThat(run.measured().sendLag().getMaxValue()).isZero();
        assertThat(run.endedEarly()).isFalse();
        assertThat(targets.subList(0, 3))
                .containsExactly(URI.create("http://a/"), URI.create("http://b/"), URI.create("http://a/"));
        assertThat(outcomes).hasSize(1100);
    }

    @Test
    void an_answer_after_the_deadline_is_a_timeout_and_only_that() {
        Plan plan = plan(Duration.ofMillis(500), 4096);
        RunRecord run = runner(plan, answeringAfter(501 * MS, 0, 0)).run();
        clock.waitUntil(start + 100 * S);
        assertThat(run.measured().ended(EndState.TIMEOUT)).isEqualTo(1000);
        assertThat(run.measured().ended()).isEqualTo(1000);
        assertThat(givenUp).isEqualTo(1100);
        assertThat(run.measured().latency(EndState.TIMEOUT).getMaxValue()).isBetween(500 * MS, 501 * MS);
    }

    @Test
    void calls_beyond_the_limit_in_flight_are_not_sent_and_counted() {
        Plan plan = plan(Duration.ofSeconds(30), 5);
        // Five in flight at 100 ms each: room for 50 calls a second.
        RunRecord run = runner(plan, answeringAfter(100 * MS, 0, 0)).run();
        assertThat(run.measured().ended(EndState.OK)).isBetween(490L, 510L);
        assertThat(run.measured().ended(EndState.NOT_SENT))
                .isEqualTo(1000 - run.measured().ended(EndState.OK));
        assertThat(run.isBalanced()).isTrue();
    }

    @Test
    void a_transport_that_replies_twice_ends_a_call_once() {
        RunRecord run = runner(plan(Duration.ofSeconds(30), 4096), (target, onReply) -> {
                    onReply.accept(new Reply.Broken("reset"));
                    onReply.accept(OK);
                    return () -> {};
                })
                .run();
        assertThat(run.measured().ended(EndState.CONNECTION_ERROR)).isEqualTo(1000);
        assertThat(run.isBalanced()).isTrue();
        assertThat(run.isAllConnectionErrors()).isTrue();
    }

    @Test
    void stopping_gives_calls_in_flight_a_moment_and_cuts_off_the_rest() {
        Plan plan = plan(Duration.ofSeconds(30), 4096);
        Consumer<Runner> stopAtThreeSeconds = runner -> clock.at(start + 3 * S, runner::stop);
        Transport fastThenSilent = (target, onReply) -> clock.nanos() - start < 2 * S + S / 2
                ? answeringAfter(800 * MS, 0, 0).send(target, onReply)
                : silent().send(target, onReply);
        Runner runner = runner(plan, fastThenSilent);
        stopAtThreeSeconds.accept(runner);
        RunRecord run = runner.run();
        assertThat(run.endedEarly()).isTrue();
        assertThat(run.measuredFor()).isEqualTo(Duration.ofSeconds(2));
        assertThat(run.measured().ended(EndState.OK)).isEqualTo(150);
        assertThat(run.measured().ended(EndState.CUT_OFF)).isBetween(50L, 51L);
        assertThat(run.isBalanced()).isTrue();
    }

    @Test
    void calls_that_were_due_but_not_sent_at_the_stop_are_not_forgotten() {
        Plan plan = plan(Duration.ofSeconds(30), 4096);
        Runner[] self = new Runner[1];
        Runner runner = runner(plan, (target, onReply) -> {
            clock.pass(5 * S);
            self[0].stop();
            onReply.accept(OK);
            return () -> {};
        });
        self[0] = runner;
        RunRecord run = runner.run();
        // One was sent; five seconds later 501 had become due, 100 of them in the warm-up.
        assertThat(run.warmup().due()).isEqualTo(100);
        assertThat(run.measured().due()).isEqualTo(401);
        assertThat(run.measured().ended(EndState.CUT_OFF)).isEqualTo(401);
        assertThat(run.isBalanced()).isTrue();
    }

    @Test
    void what_is_not_answered_when_the_drain_is_over_is_cut_off() {
        Plan plan = plan(Duration.ofSeconds(30), 4096);
        Pace pace = new Pace(plan.warmup(), plan.duration(), Duration.ofSeconds(2), plan.timeout(), 4096);
        // Answers take three seconds: those to calls of the last second do not come in time.
        RunRecord run =
                new Runner(pace, Agenda.of(plan.schedule()), answeringAfter(3 * S, 0, 0), clock, outcomes::add).run();
        assertThat(run.endedEarly()).isFalse();
        assertThat(run.measured().ended(EndState.OK)).isBetween(899L, 901L);
        assertThat(run.measured().ended(EndState.CUT_OFF))
                .isEqualTo(1000 - run.measured().ended(EndState.OK));
        assertThat(clock.nanos() - start).isBetween(13 * S, 14 * S);
    }

    @Test
    void a_run_that_starts_later_sends_nothing_before() {
        Plan plan = plan(Duration.ofSeconds(30), 4096);
        List<Long> sent = new ArrayList<>();
        new Runner(
                        Pace.of(plan),
                        Agenda.of(plan.schedule()),
                        (call, onReply) -> {
                            sent.add(clock.nanos() - start);
                            onReply.accept(OK);
                            return () -> {};
                        },
                        clock,
                        outcomes::add)
                .run(start + 5 * S);
        assertThat(sent.get(0)).isEqualTo(5 * S);
        assertThat(((Outcome.Sent) outcomes.get(0)).sentNanos()).isZero();
    }

    @Test
    void progress_can_be_seen_from_outside() {
        Runner runner = runner(plan(Duration.ofSeconds(30), 4096), answeringAfter(MS, 0, 0));
        runner.run();
        assertThat(runner.progress().ok()).isEqualTo(1100);
        assertThat(runner.progress().inFlight()).isZero();
    }
}

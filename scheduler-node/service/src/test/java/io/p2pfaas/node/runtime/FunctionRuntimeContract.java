package io.p2pfaas.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every runtime promises. One suite for the fake and for the real ones. */
public abstract class FunctionRuntimeContract {
    private static final long PLENTY = TimeUnit.SECONDS.toNanos(30);

    /** The runtime under test; the same one during a test. */
    protected abstract FunctionRuntime runtime();

    /** A call that is answered soon. */
    protected abstract Request quick();

    /** A call that never ends by itself; null if the runtime has none. */
    protected abstract @Nullable Request endless();

    /** Makes time pass where it is virtual. */
    protected void pass(long ignoredNanos) {}

    /** A POST with a text. */
    protected static Request post(String path, String query, String text) {
        return new Request(
                "POST",
                path,
                query,
                Headers.of("Content-Type", "text/plain"),
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    }

    private Request endlessOrSkip() {
        Request endless = endless();
        assumeTrue(endless != null, "this runtime has no call that does not end");
        return endless == null ? quick() : endless;
    }

    @Test
    void an_execution_is_answered() {
        OutcomeProbe probe = new OutcomeProbe();

        runtime().start(quick(), PLENTY, probe);

        assertThat(probe.outcome()).isInstanceOf(Outcome.Answered.class);
        assertThat(probe.outcome().executionNanos()).isNotNegative();
    }

    @Test
    void the_listener_is_told_once_whatever_comes_later() {
        OutcomeProbe probe = new OutcomeProbe();
        FunctionRuntime.Execution execution = runtime().start(quick(), PLENTY, probe);
        probe.outcome();

        execution.abort();
        execution.abort();
        pass(2 * PLENTY);
        runtime().close();

        assertThat(probe.timesTold()).isEqualTo(1);
        assertThat(probe.outcome()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void the_request_body_is_not_consumed() {
        Request request = quick();
        int before = request.body().remaining();
        OutcomeProbe probe = new OutcomeProbe();

        runtime().start(request, PLENTY, probe);

        probe.outcome();
        assertThat(request.body().remaining()).isEqualTo(before);
    }

    @Test
    void an_aborted_execution_is_told() {
        OutcomeProbe probe = new OutcomeProbe();
        FunctionRuntime.Execution execution = runtime().start(endlessOrSkip(), PLENTY, probe);

        execution.abort();
        execution.abort();

        assertThat(probe.reason()).isEqualTo(Reason.FUNCTION_BROKEN);
        runtime().close();
        assertThat(probe.timesTold()).isEqualTo(1);
    }

    @Test
    void an_execution_expires_with_its_budget() {
        OutcomeProbe probe = new OutcomeProbe();
        long budget = TimeUnit.MILLISECONDS.toNanos(60);

        runtime().start(endlessOrSkip(), budget, probe);
        pass(budget);

        assertThat(probe.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
        assertThat(probe.outcome().executionNanos()).isGreaterThanOrEqualTo(budget);
    }

    @Test
    void without_a_budget_nothing_is_run() {
        OutcomeProbe probe = new OutcomeProbe();

        runtime().start(quick(), 0, probe);

        assertThat(probe.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
    }

    @Test
    void closing_ends_what_runs() {
        Request endless = endlessOrSkip();
        List<OutcomeProbe> probes = Stream.generate(OutcomeProbe::new).limit(20).toList();
        probes.forEach(probe -> runtime().start(endless, PLENTY, probe));

        runtime().close();
        runtime().close();

        assertThat(probes).allSatisfy(probe -> assertThat(probe.reason()).isEqualTo(Reason.NODE_STOPPED));
        assertThat(probes).allSatisfy(probe -> assertThat(probe.timesTold()).isEqualTo(1));
    }

    @Test
    void a_closed_runtime_tells_that_it_cannot_be_reached() {
        OutcomeProbe probe = new OutcomeProbe();
        runtime().close();

        runtime().start(quick(), PLENTY, probe);

        assertThat(probe.reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
    }

    @Test
    void many_executions_are_each_told_once() {
        List<OutcomeProbe> probes =
                Stream.generate(OutcomeProbe::new).limit(200).toList();

        probes.forEach(probe -> runtime().start(quick(), PLENTY, probe));

        assertThat(probes).allSatisfy(probe -> assertThat(probe.outcome()).isInstanceOf(Outcome.Answered.class));
        assertThat(probes).allSatisfy(probe -> assertThat(probe.timesTold()).isEqualTo(1));
    }
}

package io.p2pfaas.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.function.FunctionDefinition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class DeploymentsTest {
    private static final FunctionName ECHO = new FunctionName("echo");
    private static final FunctionDefinition DEFINITION = FunctionDefinition.configured(ECHO, "builtin:echo", false);
    private static final Request REQUEST =
            new Request("POST", "", "", Headers.EMPTY, ByteBuffer.allocate(0).asReadOnlyBuffer());
    private static final Response RESPONSE = new Response(200, Headers.EMPTY, ByteBuffer.allocate(0));

    private final Queue<Runnable> retirements = new ArrayDeque<>();
    private final Deployments deployments = new Deployments(retirements::add);
    private final FakeRuntime first = FakeRuntime.holding();
    private final FakeRuntime second = FakeRuntime.holding();

    private Deployed deployed() {
        return Objects.requireNonNull(deployments.find(ECHO));
    }

    private void retire() {
        retirements.forEach(Runnable::run);
        retirements.clear();
    }

    @Test
    void a_replaced_function_goes_when_its_executions_have_ended() {
        deployments.put(DEFINITION, first, Instant.EPOCH, () -> {});
        OutcomeProbe probe = new OutcomeProbe();
        deployed().start(REQUEST, 1_000, probe);

        deployments.put(DEFINITION, second, Instant.EPOCH, () -> {});

        assertThat(retirements).isEmpty();
        first.started().get(0).answer(RESPONSE);
        assertThat(retirements).hasSize(1);
        retire();
        assertThat(probe.timesTold()).isEqualTo(1);
        deployed().start(REQUEST, 1_000, new OutcomeProbe());
        assertThat(second.runningCount()).isEqualTo(1);
    }

    @Test
    void whoever_found_a_function_before_it_was_replaced_looks_again() {
        deployments.put(DEFINITION, first, Instant.EPOCH, () -> {});
        Deployed old = deployed();
        deployments.put(DEFINITION, second, Instant.EPOCH, () -> {});

        assertThat(old.start(REQUEST, 1_000, new OutcomeProbe())).isNull();

        assertThat(retirements).hasSize(1);
        assertThat(deployed().start(REQUEST, 1_000, new OutcomeProbe())).isNotNull();
    }

    @Test
    void a_removed_function_is_not_there_and_is_undeployed_once() {
        deployments.put(DEFINITION, first, Instant.EPOCH, () -> {});

        assertThat(deployments.remove(ECHO, () -> {})).isTrue();
        assertThat(deployments.remove(ECHO, () -> {})).isFalse();

        assertThat(deployments.names()).isEmpty();
        assertThat(deployments.find(ECHO)).isNull();
        assertThat(retirements).hasSize(1);
        retire();
        OutcomeProbe probe = new OutcomeProbe();
        first.start(REQUEST, 1_000, probe);
        assertThat(probe.reason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);
    }

    @Test
    void a_runtime_that_fails_to_start_a_call_does_not_hold_its_retirement_up() {
        FunctionRuntime failing = new FunctionRuntime() {
            @Override
            public Execution start(Request request, long budgetNanos, Listener listener) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void close() {
                // Nothing to free.
            }
        };
        deployments.put(DEFINITION, failing, Instant.EPOCH, () -> {});
        try {
            deployed().start(REQUEST, 1_000, new OutcomeProbe());
        } catch (IllegalStateException planted) {
            assertThat(planted).hasMessage("planted");
        }

        deployments.remove(ECHO, () -> {});

        assertThat(retirements).hasSize(1);
    }

    @Test
    void invocations_are_counted_across_definitions() {
        deployments.put(DEFINITION, first, Instant.EPOCH, () -> {});
        deployed().start(REQUEST, 1_000, new OutcomeProbe());
        deployments.put(DEFINITION, second, Instant.EPOCH, () -> {});
        deployed().start(REQUEST, 1_000, new OutcomeProbe());

        assertThat(deployed().invocations()).isEqualTo(2);
    }
}

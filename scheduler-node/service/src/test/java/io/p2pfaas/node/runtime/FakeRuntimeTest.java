package io.p2pfaas.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class FakeRuntimeTest {
    private static Response echo(Request request) {
        return new Response(200, Headers.EMPTY, request.body());
    }

    @Nested
    final class Answering extends FunctionRuntimeContract {
        private final FakeRuntime fake = FakeRuntime.answering(FakeRuntimeTest::echo);

        @Override
        protected FunctionRuntime runtime() {
            return fake;
        }

        @Override
        protected Request quick() {
            return post("", "", "hello");
        }

        @Override
        protected @Nullable Request endless() {
            return null;
        }
    }

    @Nested
    final class Holding extends FunctionRuntimeContract {
        private final FakeRuntime fake = FakeRuntime.holding();

        /** Ends quick calls as the test would. */
        @Override
        protected FunctionRuntime runtime() {
            return new FunctionRuntime() {
                @Override
                public Execution start(Request request, long budgetNanos, Listener listener) {
                    Execution execution = fake.start(request, budgetNanos, listener);
                    if (!request.path().equals("/endless")) {
                        fake.started().get(fake.started().size() - 1).answer(echo(request));
                    }
                    return execution;
                }

                @Override
                public void close() {
                    fake.close();
                }
            };
        }

        @Override
        protected Request quick() {
            return post("", "", "hello");
        }

        @Override
        protected Request endless() {
            return post("/endless", "", "hello");
        }

        @Override
        protected void pass(long nanos) {
            fake.advance(nanos);
        }
    }

    @Test
    void the_test_sees_what_runs_and_what_was_aborted() {
        FakeRuntime fake = FakeRuntime.holding();
        Request request = FunctionRuntimeContract.post("/a", "", "x");
        FunctionRuntime.Execution execution = fake.start(request, 1_000, new OutcomeProbe());
        fake.start(request, 1_000, new OutcomeProbe());

        execution.abort();

        assertThat(fake.runningCount()).isEqualTo(1);
        assertThat(fake.started()).extracting(FakeRuntime.Running::wasAborted).containsExactly(true, false);
        assertThat(fake.started().get(0).request()).isSameAs(request);
    }
}

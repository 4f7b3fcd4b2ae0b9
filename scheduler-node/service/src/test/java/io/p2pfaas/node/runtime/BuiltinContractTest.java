package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

final class BuiltinContractTest {
    private abstract static class OfBuiltin extends FunctionRuntimeContract {
        private final BuiltinRuntimes builtins = new BuiltinRuntimes(2);
        private final FunctionRuntime runtime;
        private final FunctionRuntime slow;

        OfBuiltin(String quick, String slow) {
            this.runtime = builtins.create(quick);
            this.slow = builtins.create(slow);
        }

        /** One runtime to the suite: the slow function is deployed below its own path. */
        @Override
        protected FunctionRuntime runtime() {
            return new FunctionRuntime() {
                @Override
                public Execution start(Request request, long budgetNanos, Listener listener) {
                    return (request.path().isEmpty() ? runtime : slow).start(request, budgetNanos, listener);
                }

                @Override
                public void close() {
                    runtime.close();
                    slow.close();
                }
            };
        }

        @Override
        protected Request quick() {
            return post("", "", "hello");
        }

        @Override
        protected @Nullable Request endless() {
            return post("/slow", "", "hello");
        }

        @AfterEach
        void stop() {
            builtins.close();
        }
    }

    @Nested
    final class Echo extends OfBuiltin {
        Echo() {
            super("builtin:echo", "builtin:echo");
        }

        @Override
        protected @Nullable Request endless() {
            return null;
        }
    }

    @Nested
    final class Sleep extends OfBuiltin {
        Sleep() {
            super("builtin:sleep?mean=1ms", "builtin:sleep?mean=1h");
        }
    }

    @Nested
    final class Cpu extends OfBuiltin {
        Cpu() {
            super("builtin:cpu?mean=1ms", "builtin:cpu?mean=1h");
        }
    }

    @Nested
    final class Hash extends OfBuiltin {
        Hash() {
            super("builtin:hash", "builtin:cpu?mean=1h");
        }
    }
}

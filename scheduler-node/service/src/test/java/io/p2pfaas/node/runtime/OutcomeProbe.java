package io.p2pfaas.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener for tests: waits for the outcome and counts how often one was told. */
public final class OutcomeProbe implements FunctionRuntime.Listener {
    private final CompletableFuture<Outcome> first = new CompletableFuture<>();
    private final CompletableFuture<Thread> teller = new CompletableFuture<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void ended(Outcome outcome) {
        count.incrementAndGet();
        teller.complete(Thread.currentThread());
        first.complete(outcome);
    }

    /** Whatever it ended with; waits up to 20 s. */
    public Outcome outcome() {
        return first.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** The answer; fails the test if there was none. */
    public Response answer() {
        assertThat(outcome()).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered) outcome()).response();
    }

    /** The answer's body as text. */
    public String text() {
        return text(answer().body());
    }

    /** Why there was no answer; fails the test if there was one. */
    public Reason reason() {
        assertThat(outcome()).isInstanceOf(Outcome.Broken.class);
        return ((Outcome.Broken) outcome()).reason();
    }

    /** How often it was told so far. */
    public int timesTold() {
        return count.get();
    }

    /** The thread that told it. */
    public Thread teller() {
        return teller.orTimeout(20, TimeUnit.SECONDS).join();
    }

    static String text(ByteBuffer body) {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }
}

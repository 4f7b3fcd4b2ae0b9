package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run of a program. Thread-safe. */
final class ExecExecution implements FunctionRuntime.Execution {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 4 * 1024;
    /** What a program's children may still write after it has ended. */
    private static final long LAST_WORDS_MILLIS = 200;

    private static final int SERVER_ERROR = 500;

    private final ExecRuntime runtime;
    private final Request request;
    private final Ending ending;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private volatile @Nullable Program program;
    private volatile @Nullable Future<?> deadline;
    private volatile String lastError = "";

    ExecExecution(ExecRuntime runtime, Request request, Ending ending) {
        this.runtime = runtime;
        this.request = request;
        this.ending = ending;
    }

    void begin(long budgetNanos) {
        if (budgetNanos <= 0) {
            expired();
            return;
        }
        try {
            deadline = runtime.timer().schedule(this::expired, budgetNanos, TimeUnit.NANOSECONDS);
            runtime.threads().execute(this::run);
        } catch (RejectedExecutionException ignored) {
            broken(Reason.NODE_STOPPED, "The node is stopping.");
        } catch (OutOfMemoryError ignored) {
            // The system gives no more threads; its message is for the log of the machine.
            broken(Reason.FUNCTION_UNREACHABLE, "The machine has no thread left to run the program.");
        }
        if (ending.isTold()) {
            release();
        }
    }

    private void run() {
        if (ending.isTold()) {
            return;
        }
        Program started;
        try {
            started = Program.start(runtime.spec(), request);
        } catch (IOException failed) {
            broken(Reason.FUNCTION_UNREACHABLE, "The program cannot be started.");
            return;
        }
        program = started;
        if (ending.isTold()) {
            // It was over before the program was known.
            release();
        }
        Process process = started.process();
        try {
            runtime.threads().execute(() -> feed(process.getOutputStream()));
            Future<?> errors = runtime.threads().submit(() -> readErrors(process));
            Future<?> answer = runtime.threads().submit(() -> readAnswer(process.getInputStream()));
            int code = process.waitFor();
            // Whatever it left running has no say in the answer, and must not hold it up.
            boolean isOver = awaitLastWords(answer) && awaitLastWords(errors);
            started.kill();
            if (!isOver) {
                isOver = awaitLastWords(answer) && awaitLastWords(errors);
            }
            if (!isOver) {
                started.killIndependent();
                isOver = awaitLastWords(answer) && awaitLastWords(errors);
            }
            if (!isOver) {
                runtime.abandoned(answer, errors);
            }
            answer(code);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            broken(Reason.NODE_STOPPED, "The node is stopping.");
        } catch (RejectedExecutionException ignored) {
            broken(Reason.NODE_STOPPED, "The node is stopping.");
        } finally {
            started.kill();
        }
    }

    private static boolean awaitLastWords(Future<?> reading) throws InterruptedException {
        try {
            reading.get(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException ignored) {
            // What was read until now counts.
            return false;
        } catch (ExecutionException ignored) {
            return true;
        }
    }

    private void feed(OutputStream input) {
        ByteBuffer body = request.body().duplicate();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (input) {
            while (body.hasRemaining() && !ending.isTold()) {
                int length = Math.min(buffer.length, body.remaining());
                body.get(buffer, 0, length);
                input.write(buffer, 0, length);
            }
        } catch (IOException ignored) {
            // A program need not read its input to the end.
        }
    }

    private void readAnswer(InputStream stream) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                synchronized (output) {
                    if (output.size() + read > runtime.maxAnswerBytes()) {
                        broken(
                                Reason.ANSWER_TOO_LARGE,
                                "The function's answer is larger than " + runtime.maxAnswerBytes() + " bytes.");
                        return;
                    }
                    output.write(buffer, 0, read);
                }
            }
        } catch (IOException ignored) {
            // The program was killed, which whoever did it has reported.
        }
    }

    /** Line by line into the log; of lines that are too long, the beginning. */
    private void readErrors(Process process) {
        String instance = Long.toString(process.pid());
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream stream = process.getErrorStream()) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        log(instance, line);
                    } else if (line.size() < MAX_LINE_BYTES) {
                        line.write(buffer[i]);
                    }
                }
            }
        } catch (IOException ignored) {
            // The program was killed, which whoever did it has reported.
        }
        if (line.size() > 0) {
            log(instance, line);
        }
    }

    private void log(String instance, ByteArrayOutputStream line) {
        lastError = line.toString(StandardCharsets.UTF_8);
        line.reset();
        runtime.log().add(Instant.now(), instance, lastError);
    }

    private void answer(int code) {
        byte[] body;
        synchronized (output) {
            body = output.toByteArray();
        }
        Headers.Builder headers = new Headers.Builder();
        if (code == 0) {
            String type = runtime.spec().contentType().orElse(request.headers().first("content-type"));
            if (type != null) {
                headers.add("Content-Type", type);
            }
            answered(new Response(200, headers.build(), ByteBuffer.wrap(body).asReadOnlyBuffer()));
            return;
        }
        headers.add("Content-Type", "text/plain; charset=utf-8").add("X-Exit-Code", Integer.toString(code));
        if (body.length == 0) {
            body = ("exit code " + code + (lastError.isEmpty() ? "" : ": " + lastError) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
        answered(new Response(
                SERVER_ERROR, headers.build(), ByteBuffer.wrap(body).asReadOnlyBuffer()));
    }

    private void answered(Response response) {
        release();
        ending.answered(response);
    }

    @Override
    public void abort() {
        broken(Reason.FUNCTION_BROKEN, "The execution was aborted.");
    }

    void stopped() {
        broken(Reason.NODE_STOPPED, "The function was stopped while it ran.");
    }

    private void expired() {
        broken(Reason.EXPIRED_RUNNING, "The function did not answer in time.");
    }

    private void broken(Reason reason, String detail) {
        if (ending.broken(reason, detail)) {
            release();
        }
    }

    private void release() {
        runtime.left(this);
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        Program running = program;
        if (running != null) {
            running.kill();
        }
    }
}

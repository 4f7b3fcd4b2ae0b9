package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** A worker with one I/O thread, so that connections are reused for certain, and runtimes on it. */
final class HttpRig implements AutoCloseable {
    static final long PLENTY = TimeUnit.SECONDS.toNanos(30);

    private final XnioWorker worker;
    private final List<HttpRuntime> runtimes = new ArrayList<>();

    HttpRig() throws IOException {
        this(1);
    }

    HttpRig(int ioThreads) throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, ioThreads)
                        .set(Options.WORKER_TASK_CORE_THREADS, 1)
                        .set(Options.WORKER_TASK_MAX_THREADS, 1)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
    }

    HttpRuntime calling(URI target) {
        return calling(target, HttpLimits.forSlots(64));
    }

    HttpRuntime calling(URI target, HttpLimits limits) {
        HttpRuntime runtime = new HttpRuntime(worker, new DefaultByteBufferPool(true, 16 * 1024), target, limits);
        runtimes.add(runtime);
        return runtime;
    }

    XnioIoThread ioThread() {
        return worker.getIoThread();
    }

    static HttpLimits limits(int maxAnswerBytes) {
        return new HttpLimits(64, maxAnswerBytes, Duration.ofSeconds(2), Duration.ofSeconds(50));
    }

    static OutcomeProbe call(FunctionRuntime runtime, Request request) {
        OutcomeProbe probe = new OutcomeProbe();
        runtime.start(request, PLENTY, probe);
        return probe;
    }

    static Request request(String method, String path, String text, String... headers) {
        return new Request(
                method,
                path,
                "",
                Headers.of(headers),
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    }

    /** Returns when the I/O thread has looked at its sockets and done what it found. */
    void awaitTurn() throws InterruptedException {
        CountDownLatch turned = new CountDownLatch(1);
        worker.getIoThread().executeAfter(turned::countDown, 5, TimeUnit.MILLISECONDS);
        if (!turned.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the I/O thread hangs");
        }
    }

    @Override
    public void close() {
        runtimes.forEach(HttpRuntime::close);
        worker.shutdownNow();
    }
}

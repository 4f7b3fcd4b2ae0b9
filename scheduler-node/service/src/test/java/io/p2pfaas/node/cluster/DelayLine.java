package io.p2pfaas.node.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Bytes that come in now and go out later, in their order. One thread fills it, another one empties it. */
final class DelayLine {
    private static final int PARTS = 1000;
    private static final Part END = new Part(ByteBuffer.allocate(0), 0);

    private record Part(ByteBuffer bytes, long dueNanos) {}

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>(PARTS);
    private final Random random = new Random(1);
    private final long delayNanos;
    private final long jitterNanos;

    DelayLine(int delayMillis, int jitterMillis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        jitterNanos = TimeUnit.MILLISECONDS.toNanos(jitterMillis);
    }

    /** Until the stream ends. */
    void fillFrom(InputStream in) {
        try {
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                long due = System.nanoTime() + delayNanos + (long) (random.nextDouble() * jitterNanos);
                parts.put(new Part(ByteBuffer.wrap(Arrays.copyOf(some, count)), due));
            }
        } catch (IOException ignored) {
            // The connection is gone.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        boolean ignored = parts.offer(END);
    }

    /** Until what was filled in has come out. */
    void emptyInto(OutputStream out) throws IOException {
        try {
            for (Part part = parts.take(); part.bytes().hasRemaining(); part = parts.take()) {
                for (long wait = part.dueNanos() - System.nanoTime();
                        wait > 0;
                        wait = part.dueNanos() - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                out.write(part.bytes().array());
                out.flush();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

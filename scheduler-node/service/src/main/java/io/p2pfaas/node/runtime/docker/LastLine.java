package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.function.FunctionDesk.LogStream;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The last line that a container wrote: usually it says why it ended. */
final class LastLine {
    private static final int LONGEST = 200;
    private static final long PATIENCE_MILLIS = 500;

    private LastLine() {}

    /** Shortened and without control characters; empty if there is none. Waits for the engine. */
    static String of(Engine engine, String id) {
        AtomicReference<String> last = new AtomicReference<>("");
        CountDownLatch ended = new CountDownLatch(1);
        LogStream stream = null;
        try {
            stream = engine.logs(id, OptionalInt.of(1), null, false, new Engine.Lines() {
                @Override
                public boolean line(Instant timestamp, String text) {
                    last.set(text);
                    return true;
                }

                @Override
                public void ended() {
                    ended.countDown();
                }
            });
            if (!ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return shown(last.get());
            }
        } catch (EngineException e) {
            // A reason is told all the same, only without the container's own words.
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (stream != null) {
                stream.close();
            }
        }
        return shown(last.get());
    }

    private static String shown(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }
}

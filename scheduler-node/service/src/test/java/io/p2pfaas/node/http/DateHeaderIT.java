package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.access.Access;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Dates of answers where several nodes are in one process, as in demo.jar. */
final class DateHeaderIT {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static TestEntrance entrance() {
        return new TestEntrance(
                ManagementSetup.of(Access.OPEN, "1"),
                AsyncSetup.DEFAULT,
                Runnable::run,
                request -> new CompletableFuture<>());
    }

    private static String date(TestEntrance entrance) {
        return entrance.get("/healthz").headers().firstValue("Date").orElseThrow();
    }

    @Test
    void dates_go_on_when_another_entrance_of_the_process_is_closed() {
        try (TestEntrance stays = entrance()) {
            String last;
            try (TestEntrance goes = entrance()) {
                last = date(goes);
            }
            long end = System.nanoTime() + TestEntrance.PATIENCE.toNanos();
            String now = date(stays);
            while (now.equals(last) && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(POLL_NANOS);
                now = date(stays);
            }

            assertThat(now).isNotEqualTo(last);
        }
    }
}

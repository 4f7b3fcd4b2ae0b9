package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PrimitiveIterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OpenExchangesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long nowNanos = 7 * SECOND;
    private final OpenExchanges exchanges =
            new OpenExchanges(exchange -> {}, () -> nowNanos, pauseNanos -> nowNanos += pauseNanos);

    @Test
    void without_a_connection_nobody_is_waited_for() {
        assertThat(millisWith(IntStream.generate(() -> 0))).isZero();
    }

    @Test
    void a_connection_that_has_sent_nothing_yet_is_waited_for() {
        assertThat(millisWith(IntStream.generate(() -> 1))).isEqualTo(200);
    }

    @Test
    void the_wait_ends_with_the_last_connection() {
        IntStream connections = IntStream.concat(IntStream.generate(() -> 2).limit(10), IntStream.generate(() -> 0));

        assertThat(millisWith(connections)).isEqualTo(50);
    }

    private long millisWith(IntStream connections) {
        long began = nowNanos;
        PrimitiveIterator.OfInt open = connections.iterator();
        exchanges.awaitQuiet(open::nextInt, 3 * SECOND);
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - began);
    }
}

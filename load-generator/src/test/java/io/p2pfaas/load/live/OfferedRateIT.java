package io.p2pfaas.load.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.p2pfaas.load.arrivals.Poisson;
import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.plan.HeaderField;
import io.p2pfaas.load.record.RunRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Up to which rate the generator really offers what was asked for, on this machine, target included. */
final class OfferedRateIT {
    private static final double LEAST = 250;
    private static final double MOST = 4_000;
    private static final Duration LENGTH = Duration.ofSeconds(1);

    @Test
    void the_offered_rate_is_within_its_interval_up_to_a_rate_that_is_printed() throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            double held = 0;
            for (double rate = LEAST; rate <= MOST && isOffered(target, rate); rate *= 2) {
                held = rate;
            }
            System.out.println("offered rate holds up to " + held + " calls per second");
            assertThat(held).isGreaterThanOrEqualTo(LEAST);
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** All calls were sent, and the time that sending took gives a rate within four standard deviations. */
    private static boolean isOffered(URI target, double rate) {
        Pace pace = new Pace(Duration.ZERO, LENGTH, Duration.ofSeconds(10), Duration.ofSeconds(5), 10_000);
        Schedule schedule = Schedule.draw(new Poisson(rate), LENGTH, 1);
        HttpTransport.Request request =
                new HttpTransport.Request(target, List.of(new HeaderField("X-A", "b")), ByteBuffer.allocate(100));
        try (HttpTransport http = new HttpTransport(pace.timeout(), pace.maxInFlight(), call -> request)) {
            RunRecord record = new Runner(pace, Agenda.of(schedule), http, new SystemClock(), outcome -> {}).run();
            double seconds = Math.max(LENGTH.toNanos(), record.measured().lastSentNanos()) / 1e9;
            double offered = record.measured().sent() / seconds;
            System.out.printf("asked for %.0f/s, offered %.1f/s%n", rate, offered);
            return record.measured().sent() == schedule.size()
                    && Math.abs(offered - rate) <= 4 * Math.sqrt(rate / LENGTH.toSeconds());
        }
    }
}

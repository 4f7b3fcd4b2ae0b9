package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.testing.Fault;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An entrance that closes while a caller keeps its connection busy. */
final class ClosingIT {
    private static final String ASK = "GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n";

    @Fault(
            in = Fault.Area.CALLER,
            fault = "requests on an open connection while the entrance closes",
            promise = "each is answered; the last answer says that the connection ends")
    @Test
    void whoever_goes_on_asking_on_an_open_connection_is_answered_and_told_that_it_ends() throws IOException {
        TestEntrance entrance = new TestEntrance(
                ManagementSetup.of(Access.OPEN, "1"),
                AsyncSetup.DEFAULT,
                Runnable::run,
                request -> new CompletableFuture<>());
        try (RawClient client = new RawClient(entrance.port())) {
            assertThat(answer(client)).startsWith("HTTP/1.1 200").doesNotContain("connection: close");

            CompletableFuture<Void> closed = CompletableFuture.runAsync(entrance::close);
            String last = answer(client);
            while (!last.contains("connection: close")) {
                last = answer(client);
            }

            assertThat(client.readToEnd()).isEmpty();
            assertThat(closed).succeedsWithin(TestEntrance.PATIENCE);
        }
    }

    @Test
    void a_connection_counts_from_its_beginning_to_its_end() throws IOException {
        try (TestEntrance entrance = new TestEntrance(
                ManagementSetup.of(Access.OPEN, "1"),
                AsyncSetup.DEFAULT,
                Runnable::run,
                request -> new CompletableFuture<>())) {
            assertThat(entrance.connections()).isZero();
            try (RawClient slow = new RawClient(entrance.port());
                    RawClient busy = new RawClient(entrance.port())) {
                slow.send("GET ");
                assertThat(answer(busy)).startsWith("HTTP/1.1 200");
                awaitConnections(entrance, 2);
            }
            awaitConnections(entrance, 0);
        }
    }

    private static void awaitConnections(TestEntrance entrance, int connections) {
        long end = System.nanoTime() + TestEntrance.PATIENCE.toNanos();
        while (entrance.connections() != connections && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(entrance.connections()).isEqualTo(connections);
    }

    /** Up to the end of the head, or of the body if it has one. */
    private static String answer(RawClient client) throws IOException {
        client.send(ASK);
        String head = client.readUntil("\r\n\r\n").toLowerCase(Locale.ROOT);
        int at = head.indexOf("content-length: ");
        int end = head.indexOf('\r', at);
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + "content-length: ".length(), end));
        client.read(length);
        return head.replace("http/1.1", "HTTP/1.1");
    }
}

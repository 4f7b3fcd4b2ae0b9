package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NodeClientIT {
    private static final int MOST = 1000;

    private final HttpServer server = create();

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @BeforeEach
    void start() {
        serve("/fits", MOST);
        serve("/not", MOST + 1);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(String path, int bytes) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes);
            exchange.getResponseBody().write(new byte[bytes]);
            exchange.close();
        });
    }

    @Test
    void the_answer_of_who_only_says_to_be_a_node_is_not_read_without_end() throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        NodeClient client = new NodeClient(url, Duration.ofSeconds(10), List.of(), null, MOST);

        assertThat(client.send("GET", "/fits", List.of(), null).body().remaining())
                .isEqualTo(MOST);
        assertThatThrownBy(() -> client.send("GET", "/not", List.of(), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 1000 bytes");
    }
}

package io.p2pfaas.node.cluster;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What an HTTP caller got. */
record Reply(int status, HttpHeaders headers, ByteBuffer content) {
    static Reply of(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.headers(), ByteBuffer.wrap(response.body()));
    }

    /** The first value of a header field; empty if there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** Nodes that had the call, the one asked first; empty if it ran where it was asked. */
    List<String> path() {
        String list = header("X-P2pfaas-Peers-List-Id");
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.substring(1, list.length() - 1).split(","))
                        .map(quoted -> quoted.replace("\"", ""))
                        .toList();
    }

    /** Who ran it. */
    String ranOn(String asked) {
        return path().isEmpty() ? asked : path().get(path().size() - 1);
    }

    byte[] body() {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return status + " " + path() + " " + (content.remaining() < 300 ? text() : content.remaining() + " bytes");
    }
}

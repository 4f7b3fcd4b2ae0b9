package io.p2pfaas.node.app.cli;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.mqtt.CallerSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Calls a function, over HTTP or MQTT, with an answer of one form. */
final class Calls {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** What a link says in a node's log, the command says by itself; held here, or its level is forgotten. */
    private static final Logger LINK = Logger.getLogger("io.p2pfaas.node.mqtt");

    private Calls() {}

    static NodeClient.Answer call(CommandLine.ParseResult parsed, CallOptions call) throws IOException {
        return MqttOptions.isWanted(parsed)
                ? overMqtt(parsed, call)
                : Target.caller(parsed, TIMEOUT)
                        .send(call.method(), "/function/" + call.target(), call.headers(), call.bytes());
    }

    private static NodeClient.Answer overMqtt(CommandLine.ParseResult parsed, CallOptions call) throws IOException {
        Level before = LINK.getLevel();
        LINK.setLevel(Level.OFF);
        try {
            return quietly(parsed, call, new FunctionName(call.function()));
        } finally {
            LINK.setLevel(before);
        }
    }

    private static NodeClient.Answer quietly(CommandLine.ParseResult parsed, CallOptions call, FunctionName function)
            throws IOException {
        var settings = MqttOptions.settings(parsed);
        String broker = settings.brokers().get(0).url();
        CallerSession session;
        try {
            session = new CallerSession(settings, TIMEOUT);
        } catch (IllegalStateException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
        try (session) {
            session.connect();
            return answer(session.call(function, request(call)));
        } catch (IOException failed) {
            throw new IOException("broker " + broker + ": " + failed.getMessage(), failed);
        }
    }

    /** Method, path and query are properties of an MQTT call. */
    static Request request(CallOptions call) {
        Headers.Builder fields = new Headers.Builder();
        if (!call.method().equals("POST")) {
            fields.add("method", call.method());
        }
        String rest = call.target().substring(call.function().length());
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        if (!path.isEmpty()) {
            fields.add("uri-path", path);
        }
        if (question >= 0) {
            fields.add("uri-query", rest.substring(question + 1));
        }
        for (String header : call.headers()) {
            HeaderField field = HeaderField.of(header);
            fields.add(field.name(), field.value());
        }
        byte[] body = call.bytes();
        return new Request(
                "POST",
                "",
                "",
                fields.build(),
                ByteBuffer.wrap(body == null ? new byte[0] : body).asReadOnlyBuffer());
    }

    private static NodeClient.Answer answer(Response response) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        response.headers()
                .forEach((name, value) -> headers.merge(
                        name,
                        List.of(value),
                        (known, more) -> java.util.stream.Stream.concat(known.stream(), more.stream())
                                .toList()));
        return new NodeClient.Answer(response.status(), headers, response.body());
    }
}

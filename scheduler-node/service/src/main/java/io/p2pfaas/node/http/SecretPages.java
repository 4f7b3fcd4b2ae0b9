package io.p2pfaas.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.function.FunctionJson;
import io.p2pfaas.node.function.SecretDesk;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Secrets in the manner of the OpenFaaS gateway. Names are told, values never, in errors neither. */
final class SecretPages {
    private static final String SECRETS = "/system/secrets";
    /** The longest value in JSON, each of its characters escaped. */
    private static final int MAX_BYTES = 6 * SecretDesk.MAX_VALUE_BYTES + 4096;

    private final SecretDesk desk;
    private final Waiting waiting;
    private final SentDocument sent;

    private SecretPages(SecretDesk desk, Waiting waiting, Duration readTimeout) {
        this.desk = desk;
        this.waiting = waiting;
        this.sent = new SentDocument(MAX_BYTES, readTimeout);
    }

    static void addTo(Site site, SecretDesk desk, Waiting waiting, Duration readTimeout) {
        SecretPages pages = new SecretPages(desk, waiting, readTimeout);
        site.get(SECRETS, exchange -> waiting.answer(exchange, () -> pages.list(exchange)))
                .post(SECRETS, pages.changed(given -> desk.create(name(given), value(given))))
                .on(Methods.PUT, SECRETS, pages.changed(given -> desk.replace(name(given), value(given))))
                .on(Methods.DELETE, SECRETS, pages.changed(given -> desk.remove(name(given))));
    }

    private Waiting.Answer list(HttpServerExchange exchange) {
        Namespaces.require(QueryText.parse(exchange.getQueryString()));
        return Waiting.Answer.json(
                StatusCodes.OK,
                desk.names().stream()
                        .map(name -> "{\"name\":" + JsonText.quoted(name) + ",\"namespace\":\"" + FunctionJson.NAMESPACE
                                + "\"}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private HttpHandler changed(Function<ObjectNode, Optional<Refusal>> change) {
        return sent.to((exchange, body) -> waiting.answer(exchange, () -> {
            Namespaces.require(QueryText.parse(exchange.getQueryString()));
            ObjectNode given = FunctionJson.object(body);
            Namespaces.require(given);
            return Waiting.Answer.accepted(change.apply(given));
        }));
    }

    private static String name(ObjectNode given) {
        String name = FunctionJson.text(given, "name", "");
        if (!FunctionJson.isSecretName(name)) {
            throw FunctionJson.wrong(
                    "name",
                    given.get("name"),
                    "1 to 64 characters of A-Z a-z 0-9 . _ -, a letter or digit at both ends");
        }
        return name;
    }

    /** Clients may give both; then the raw one is what they mean, as with the OpenFaaS gateway. */
    private static ByteBuffer value(ObjectNode given) {
        byte[] value = raw(given.get("rawValue"));
        if (value.length == 0) {
            value = text(given.get("value")).getBytes(StandardCharsets.UTF_8);
        }
        if (value.length == 0 || value.length > SecretDesk.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("value and rawValue have " + value.length
                    + " bytes; allowed is one of them with 1 to " + SecretDesk.MAX_VALUE_BYTES);
        }
        return ByteBuffer.wrap(value).asReadOnlyBuffer();
    }

    private static byte[] raw(JsonNode value) {
        try {
            return Base64.getDecoder().decode(text(value));
        } catch (IllegalArgumentException ignored) {
            // The decoder's message tells characters of the value.
            throw new IllegalArgumentException("rawValue is not sound Base64 text");
        }
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("value and rawValue must be strings");
        }
        return value.textValue();
    }
}

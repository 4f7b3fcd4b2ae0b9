package io.p2pfaas.node.wire;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Arbitrary values of everything that travels: sound ones, and such as an enemy would send. */
final class WireValues {
    static final Topics TOPICS = new Topics("site/p2pfaas");
    static final NodeId SELF = new NodeId("self");

    private static final String ID_CHARACTERS = "abcXYZ019_-";
    private static final String TOKEN_CHARACTERS = "abcXYZ019!#$%&'*+-.^_`|~";
    /** Names that mean something to some decoder, and some that do not. */
    private static final List<String> PROPERTY_NAMES = List.of(
            "path",
            "budget-ms",
            "sample",
            "body-follows",
            "idempotent",
            "task-type",
            "method",
            "uri-path",
            "uri-query",
            "kind",
            "node",
            "phase",
            "reason",
            "status",
            "detail",
            "total-us",
            "run-us",
            "h-X-Mine",
            "h-Host",
            "h-Content-Length",
            "h-Bad Name",
            "h-",
            "h-X\r\nEvil",
            "X-Mine",
            "Content-Type",
            "Transfer-Encoding",
            "X\nEvil",
            "",
            "\0");

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "0",
            "-1",
            "1e9",
            "NaN",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "99999999999999999999999999999999",
            "a\r\nHost: evil",
            "\0",
            "\u0000\uffff",
            "\ud800",
            "١٢٣",
            "n1",
            "n1,n2",
            "n1,,n2",
            ",",
            "../../etc/passwd",
            "1 2 3 4 5 6",
            "1 2 3 4 5 6 7",
            "1 2 3 0 5 6",
            "1 2 2000000 4 5 6",
            "result",
            "accepted",
            "refused",
            "load",
            "booked",
            "queue_full",
            "QUEUE_FULL",
            "200",
            "100",
            "101",
            "600",
            "99999",
            "/p",
            "/p q",
            "/p?q",
            "p",
            "GET",
            "GET /evil HTTP/1.1\r\n",
            "\"quoted\\\"");

    private WireValues() {}

    static Arbitrary<NodeId> nodes() {
        return Arbitraries.strings()
                .withChars(ID_CHARACTERS)
                .ofMinLength(1)
                .ofMaxLength(64)
                .map(NodeId::new);
    }

    static Arbitrary<FunctionName> functions() {
        return Arbitraries.strings()
                .withChars(ID_CHARACTERS + ".")
                .ofMinLength(1)
                .ofMaxLength(64)
                .filter(FunctionName::isValid)
                .map(FunctionName::new);
    }

    static Arbitrary<List<NodeId>> paths() {
        return nodes().list().ofMinSize(1).ofMaxSize(64);
    }

    private static Arbitrary<Long> numbers() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE);
    }

    static Arbitrary<Sample> samples(NodeId node) {
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, 1_000_000);
        Arbitrary<Load> loads = Combinators.combine(
                        counts, Arbitraries.integers().between(1, 1_000_000), counts, counts)
                .as(Load::new);
        Arbitrary<Long> latencies =
                Arbitraries.longs().between(-1, 86_400_000_000L).map(micros -> micros < 0 ? -1 : micros * 1_000);
        return Combinators.combine(numbers(), numbers(), loads, latencies)
                .as((session, seq, load, latency) -> new Sample(node, session, seq, load, latency));
    }

    static Arbitrary<Origin> origins() {
        return Combinators.combine(nodes(), numbers(), numbers(), numbers())
                .as((node, session, attempt, call) ->
                        new Origin(node, session, attempt, attempt % 2 == 0 ? call : Origin.UNNAMED));
    }

    /** Fields as a function or a caller may give them: end-to-end, content type first if there is one. */
    static Arbitrary<Headers> headers() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars(TOKEN_CHARACTERS)
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(name -> "X" + name);
        Arbitrary<String> values = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u0080', '\u00ff')
                .ofMaxLength(40);
        Arbitrary<List<List<String>>> fields =
                Combinators.combine(names, values).as(List::of).list().ofMaxSize(6);
        return Combinators.combine(values.injectNull(0.5), fields).as((contentType, others) -> {
            Headers.Builder headers = new Headers.Builder();
            if (contentType != null) {
                headers.add("Content-Type", contentType);
            }
            others.forEach(field -> headers.add(field.get(0), field.get(1)));
            return headers.build();
        });
    }

    static Arbitrary<ByteBuffer> bodies() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(100)
                .map(bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    static Arbitrary<Request> requests() {
        Arbitrary<String> methods =
                Arbitraries.strings().withChars(TOKEN_CHARACTERS).ofMinLength(1).ofMaxLength(10);
        Arbitrary<String> visible = Arbitraries.strings()
                .withCharRange('!', '~')
                .ofMaxLength(50)
                .map(text -> text.replace("#", "").replace("?", ""));
        Arbitrary<String> uriPaths = Arbitraries.oneOf(visible.map(text -> "/" + text), Arbitraries.just(""));
        return Combinators.combine(
                        Arbitraries.oneOf(methods, Arbitraries.just("POST")), uriPaths, visible, headers(), bodies())
                .as(Request::new);
    }

    private static Arbitrary<String> hostileTexts() {
        return Arbitraries.oneOf(
                Arbitraries.of(NASTY), Arbitraries.strings().all().ofMaxLength(30));
    }

    private static Arbitrary<@Nullable ByteBuffer> hostileBytes() {
        Arbitrary<ByteBuffer> texts = Arbitraries.oneOf(
                        Arbitraries.of("1.2", "1.", ".", "1.2.3", "-1.2", "9223372036854775808.1", "x"), hostileTexts())
                .map(text ->
                        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
        Arbitrary<ByteBuffer> either = Arbitraries.oneOf(texts, bodies());
        return either.injectNull(0.1);
    }

    private static Arbitrary<@Nullable String> hostileTopics() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.of(
                        "site/p2pfaas/v1/node/n1/from/n2/rsp",
                        "site/p2pfaas/v1/node/n1/state",
                        "site/p2pfaas/v1/node/a b/rsp",
                        "site/p2pfaas/v1/cli/x",
                        "$SYS/x",
                        "site/p2pfaas/v1/"),
                hostileTexts());
        return texts.injectNull(0.1);
    }

    /** Anything that a client could publish, and some that it could not. */
    static Arbitrary<WireMessage> hostileMessages() {
        Arbitrary<List<String>> property = Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.of(PROPERTY_NAMES), hostileTexts()), hostileTexts())
                .as(List::of);
        Arbitrary<Headers> properties = property.list().ofMaxSize(15).map(pairs -> {
            Headers.Builder headers = new Headers.Builder();
            pairs.forEach(pair -> headers.add(pair.get(0), pair.get(1)));
            return headers.build();
        });
        Arbitrary<Long> expiries = Arbitraries.longs().between(0, 4_294_967_295L);
        return Combinators.combine(
                        bodies(),
                        Arbitraries.of(true, false),
                        hostileTopics(),
                        hostileBytes(),
                        hostileTexts().injectNull(0.5),
                        expiries,
                        properties)
                .as((payload, flag, replyTo, correlation, contentType, expiry, userProperties) -> new WireMessage(
                        "site/p2pfaas/v1/node/self/from/n1/rsp",
                        payload,
                        flag,
                        !flag,
                        replyTo,
                        correlation,
                        contentType,
                        expiry,
                        userProperties));
    }

    /** Replaces one property of a sound message with a hostile text, or takes it away. */
    static Arbitrary<WireMessage> spoilt(WireMessage sound) {
        return Combinators.combine(
                        Arbitraries.integers()
                                .between(0, Math.max(0, sound.properties().size() - 1)),
                        hostileTexts().injectNull(0.2))
                .as((which, text) -> {
                    Headers.Builder properties = new Headers.Builder();
                    int[] index = {0};
                    sound.properties().forEach((name, value) -> {
                        boolean hit = index[0]++ == which;
                        if (!hit) {
                            properties.add(name, value);
                        } else if (text != null) {
                            properties.add(name, text);
                        }
                    });
                    return new WireMessage(
                            sound.topic(),
                            sound.payload(),
                            sound.atLeastOnce(),
                            sound.retained(),
                            sound.responseTopic(),
                            sound.correlation(),
                            sound.contentType(),
                            sound.expirySeconds(),
                            properties.build());
                });
    }
}

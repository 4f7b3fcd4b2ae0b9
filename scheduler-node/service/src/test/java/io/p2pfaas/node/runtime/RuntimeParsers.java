package io.p2pfaas.node.runtime;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Response;
import io.undertow.client.ClientResponse;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.List;

/** What functions are made of, and what they are sent and answer. */
public final class RuntimeParsers {
    private static final int MAX_TEXT = 64 * 1024;
    /** More than an ordinary phone's photo; what is larger is not more of a puzzle. */
    private static final int MAX_PICTURE = 1 << 20;

    private static final HttpLimits LIMITS = HttpLimits.forSlots(4);

    private RuntimeParsers() {}

    /** Heads of answers: a status, then fields, a line each. */
    public static List<Parser> answers() {
        return List.of(Parser.ofText("answer", MAX_TEXT, RuntimeParsers::answer, HttpAnswer.Unusable.class));
    }

    /** What runs a function. */
    public static List<Parser> specs() {
        BuiltinRuntimes builtins = new BuiltinRuntimes();
        return List.of(
                Parser.ofText("builtin", MAX_TEXT, builtins::create, IllegalArgumentException.class),
                Parser.ofText("exec", MAX_TEXT, text -> ExecSpec.parse("exec:" + text), IllegalArgumentException.class),
                Parser.ofText(
                        "http",
                        MAX_TEXT,
                        text -> new HttpTarget(new URI(text)),
                        IllegalArgumentException.class,
                        URISyntaxException.class),
                Parser.ofText("number", MAX_TEXT, text -> QueryText.number(text, "width", 1)));
    }

    /** Pictures. */
    public static List<Parser> pictures() {
        PictureResize resize = PictureResize.of(BuiltinSpec.parse("builtin:resize"));
        return List.of(Parser.of("picture", MAX_PICTURE, input -> picture(resize, input)));
    }

    private static void picture(PictureResize resize, byte[] input) throws Exception {
        Response response = resize.resized(ByteBuffer.wrap(input).asReadOnlyBuffer(), 320);
        int status = response.status();
        require(status == 200 || status == 413 || status == 415, "it answers with " + status);
    }

    private static void answer(String text) throws HttpAnswer.Unusable {
        String[] lines = text.split("\n", -1);
        HeaderMap fields = new HeaderMap();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            // Others Undertow itself refuses.
            if (colon > 0 && EndToEnd.isToken(lines[i].substring(0, colon))) {
                fields.add(
                        new HttpString(lines[i].substring(0, colon)),
                        lines[i].substring(colon + 1).strip());
            }
        }
        String[] first = lines[0].split(" ", 2);
        int status = first.length > 1 && first[1].matches("\\d{3}") ? Integer.parseInt(first[1]) : 200;
        ClientResponse head = new ClientResponse(status, "OK", Protocols.HTTP_1_1, fields);
        HttpAnswer answer = HttpAnswer.to(first[0], head, LIMITS);
        require(answer.keepNanos() <= LIMITS.idleTimeout().toNanos(), "a connection is kept for too long");
        answer.isDrainable();
        answer.response()
                .headers()
                .forEach((name, value) -> require(
                        !name.equalsIgnoreCase("transfer-encoding") && value.indexOf('\n') < 0,
                        "a field of one connection"));
    }
}

package io.p2pfaas.node.http;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.access.Credentials;
import io.p2pfaas.node.call.CallId;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.PercentText;
import io.p2pfaas.node.call.SchedulerFields;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What comes in header fields and queries. */
public final class HttpParsers {
    /** More than the entrance lets through unless {@code http.max-header} says otherwise. */
    private static final int MAX_TEXT = 64 * 1024;

    private static final CallbackRule CALLBACKS =
            CallbackRule.of(List.of("https://example.com/hooks/", "http://10.0.0.1:8080"));
    private static final Access ACCESS = Access.of(Optional.of(new Credentials("admin", "correct horse")));

    private static final AtomicLong VISITS = new AtomicLong();

    private HttpParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                Parser.ofText("fields", MAX_TEXT, HttpParsers::fields),
                Parser.ofText("call-id", MAX_TEXT, HttpParsers::callId),
                Parser.ofText("callback", MAX_TEXT, HttpParsers::callback),
                Parser.ofText(
                        "callback-rule",
                        MAX_TEXT,
                        text -> CallbackRule.of(List.of(text)),
                        IllegalArgumentException.class),
                Parser.ofText("query", MAX_TEXT, QueryText::parse, IllegalArgumentException.class),
                Parser.ofText(
                        "log-query", MAX_TEXT, LogPage::query, IllegalArgumentException.class, RequestRefused.class),
                Parser.ofText("authorization", MAX_TEXT, HttpParsers::authorization),
                Parser.ofText("host", MAX_TEXT, HttpParsers::host),
                Parser.ofText("json-text", MAX_TEXT, HttpParsers::jsonText),
                Parser.ofText("percent", MAX_TEXT, HttpParsers::percent));
    }

    private static void fields(String text) {
        Headers.Builder fields = new Headers.Builder();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            fields.add(
                    colon < 0 ? line : line.substring(0, colon),
                    colon < 0 ? "" : line.substring(colon + 1).strip());
        }
        Headers given = fields.build();
        SchedulerFields.of(given);
        EndToEnd.of(given).forEach((name, value) -> {
            boolean isLine = (name + value).chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
            require(isLine, "a field that ends a line is carried: " + JsonText.quoted(name + ": " + value));
            require(!name.equalsIgnoreCase("connection"), "a field of one connection is carried");
        });
    }

    private static void callId(String text) {
        if (CallId.isSane(text)) {
            require(text.chars().allMatch(c -> c > ' ' && c < 0x7f), "an id that logs cannot show is sane");
        }
    }

    private static void callback(String text) {
        Optional<URI> allowed = CALLBACKS.allows(text);
        allowed.ifPresent(url -> {
            boolean isOne = (url.getHost().equalsIgnoreCase("example.com")
                            && url.getScheme().equalsIgnoreCase("https")
                            && url.normalize().getPath().startsWith("/hooks/"))
                    || (url.getHost().equals("10.0.0.1") && url.getPort() == 8080);
            require(isOne && url.getRawUserInfo() == null, "another server may be called back: " + url);
        });
    }

    private static void authorization(String text) {
        long nowNanos = VISITS.incrementAndGet() * TimeUnit.MINUTES.toNanos(1);
        if (ACCESS.visit(null, text, true, "10.0.0.1", nowNanos).holder().isPresent()) {
            require(text.strip().endsWith("YWRtaW46Y29ycmVjdCBob3JzZQ=="), "somebody else is let in");
        }
    }

    private static void host(String text) {
        if (ManagementGate.isOwnHost(text)) {
            require(text.chars().noneMatch(c -> c == '/' || c == '@'), "a host with more than a host is taken");
        }
        ManagementGate.isSameSite(text, "127.0.0.1:18080");
    }

    private static void percent(String text) {
        PercentText.decode(text);
        String encoded = PercentText.encode(text);
        String same = PercentText.decode(encoded);
        require(same == null || same.equals(text), "encoded and decoded again it is " + same);
    }

    private static void jsonText(String text) {
        String quoted = JsonText.quoted(text);
        String inside =
                quoted.substring(1, quoted.length() - 1).replace("\\\\", "").replace("\\\"", "");
        require(inside.indexOf('"') < 0, "the text ends before its end");
    }
}

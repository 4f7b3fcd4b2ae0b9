package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.EndToEnd;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Response;
import io.undertow.client.ClientResponse;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An answer whose head has come: what it says of its body and of its connection. */
final class HttpAnswer {
    private static final Pattern KEEP_ALIVE_TIMEOUT = Pattern.compile("(?i)timeout\\s*=\\s*\"?(\\d{1,9})");
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final ClientResponse head;
    private final HttpLimits limits;
    private final AnswerBody body;
    private final boolean drainable;
    /** What an answer without a body says of the one that GET would have; -1 if nothing. */
    private final long lengthElsewhere;

    private HttpAnswer(
            ClientResponse head, HttpLimits limits, AnswerBody body, boolean drainable, long lengthElsewhere) {
        this.head = head;
        this.limits = limits;
        this.body = body;
        this.drainable = drainable;
        this.lengthElsewhere = lengthElsewhere;
    }

    /** The answer to a request, ready to take its body. */
    static HttpAnswer to(String method, ClientResponse head, HttpLimits limits) throws Unusable {
        int status = head.getResponseCode();
        if (status < 200 || status > 999) {
            throw new Unusable(Reason.FUNCTION_BROKEN, "The function answered with a status that is none.");
        }
        HeaderMap fields = head.getResponseHeaders();
        boolean chunked = isChunked(fields.get(io.undertow.util.Headers.TRANSFER_ENCODING));
        long length = length(fields.get(io.undertow.util.Headers.CONTENT_LENGTH));
        if (method.equals("HEAD")) {
            return new HttpAnswer(head, limits, AnswerBody.ofLength(0), true, length);
        }
        if (status == 204 || status == 304) {
            // A 304 may tell the length that a 200 would have. Undertow would wait for those bytes.
            return new HttpAnswer(head, limits, AnswerBody.ofLength(0), !chunked && length <= 0, -1);
        }
        if (chunked || length == -1) {
            return new HttpAnswer(head, limits, AnswerBody.upTo(limits.maxAnswerBytes()), true, -1);
        }
        if (length > limits.maxAnswerBytes()) {
            throw tooLarge(limits);
        }
        return new HttpAnswer(head, limits, AnswerBody.ofLength((int) length), true, -1);
    }

    /** What to say when the body grows beyond the limit. */
    static Unusable tooLarge(HttpLimits limits) {
        return new Unusable(
                Reason.ANSWER_TOO_LARGE, "The function's answer is larger than " + limits.maxAnswerBytes() + " bytes.");
    }

    /** False if the answer has no body but its connection cannot be brought to the answer's end. */
    boolean isDrainable() {
        return drainable;
    }

    AnswerBody body() {
        return body;
    }

    /** How long the connection may be kept for another request; 0 if it must be closed. */
    long keepNanos() {
        HeaderMap fields = head.getResponseHeaders();
        if (fields.contains(io.undertow.util.Headers.TRANSFER_ENCODING)
                && fields.contains(io.undertow.util.Headers.CONTENT_LENGTH)) {
            // Two lengths: who else reads this connection may have chosen the other one.
            return 0;
        }
        long idleNanos = limits.idleTimeout().toNanos();
        String announced = fields.getFirst(io.undertow.util.Headers.KEEP_ALIVE);
        if (announced != null) {
            Matcher matcher = KEEP_ALIVE_TIMEOUT.matcher(announced);
            if (matcher.find()) {
                // A second less than announced, so that our close comes first.
                return Math.min(idleNanos, (Long.parseLong(matcher.group(1)) - 1) * SECOND_NANOS);
            }
        }
        return idleNanos;
    }

    /** The answer for the caller; to be called when the body is complete. */
    Response response() {
        HeaderMap fields = head.getResponseHeaders();
        EndToEnd rule = EndToEnd.besides(joined(fields.get(io.undertow.util.Headers.CONNECTION)));
        Headers.Builder kept = new Headers.Builder();
        long cookie = fields.fastIterateNonEmpty();
        while (cookie != -1L) {
            HeaderValues values = fields.fiCurrent(cookie);
            String name = values.getHeaderName().toString();
            for (int i = 0; i < values.size(); i++) {
                if (rule.carries(name, values.get(i))) {
                    kept.add(name, values.get(i));
                }
            }
            cookie = fields.fiNextNonEmpty(cookie);
        }
        if (lengthElsewhere >= 0) {
            kept.add(Response.CONTENT_LENGTH, Long.toString(lengthElsewhere));
        }
        return new Response(head.getResponseCode(), kept.build(), body.finished());
    }

    private static @Nullable String joined(@Nullable HeaderValues values) {
        if (values == null) {
            return null;
        }
        return values.size() == 1 ? values.getFirst() : String.join(",", values);
    }

    /** Undertow reads to the end of the connection if it does not know the encoding; the caller would get the coded form. */
    private static boolean isChunked(@Nullable HeaderValues encodings) throws Unusable {
        if (encodings == null) {
            return false;
        }
        if (encodings.size() > 1 || !"chunked".equalsIgnoreCase(encodings.getFirst())) {
            throw new Unusable(Reason.FUNCTION_BROKEN, "The function's answer has an unknown transfer encoding.");
        }
        return true;
    }

    /** The declared length, -1 without one. */
    private static long length(@Nullable HeaderValues lengths) throws Unusable {
        if (lengths == null) {
            return -1;
        }
        String first = lengths.getFirst();
        for (String other : lengths) {
            if (!other.equals(first)) {
                throw contradictory();
            }
        }
        try {
            long length = Long.parseLong(first);
            if (length < 0 || first.startsWith("+")) {
                throw contradictory();
            }
            return length;
        } catch (NumberFormatException ignored) {
            throw contradictory();
        }
    }

    private static Unusable contradictory() {
        return new Unusable(Reason.FUNCTION_BROKEN, "The function's answer declares no sensible length.");
    }

    /** The answer cannot be passed on. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final Reason reason;
        private final String detail;

        Unusable(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
            this.detail = detail;
        }

        Reason reason() {
            return reason;
        }

        String detail() {
            return detail;
        }
    }
}

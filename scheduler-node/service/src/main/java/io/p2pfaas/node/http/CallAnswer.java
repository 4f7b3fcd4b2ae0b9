package io.p2pfaas.node.http;

import io.p2pfaas.core.model.End;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Response;
import io.p2pfaas.node.call.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is told of a call that ended: the function's answer, or why there is none. The same for a caller who waits and
 * for one who asks later.
 *
 * @param headers of the answer itself, without those that report about the call
 * @param body read-only or not shared
 */
record CallAnswer(int status, Headers headers, ByteBuffer body) {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");

    static CallAnswer of(End end) {
        Object payload = end.payload() instanceof Outcome.Remote remote ? remote.outcome() : end.payload();
        if (end.reason() == null && payload instanceof Outcome.Answered answered) {
            Response response = answered.response();
            return new CallAnswer(
                    response.status(), response.headers(), response.body().duplicate());
        }
        return of(Verdict.of(end));
    }

    static CallAnswer of(Verdict verdict) {
        Headers headers = verdict.retryAfterSeconds() > 0
                ? Headers.of(
                        "Content-Type",
                        "application/json",
                        Replies.RETRY_AFTER.toString(),
                        Integer.toString(verdict.retryAfterSeconds()))
                : JSON;
        return new CallAnswer(verdict.status(), headers, bytes(verdict.json()));
    }

    static CallAnswer error(int status, int code, String message) {
        return new CallAnswer(status, JSON, bytes(JsonText.error(code, message)));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

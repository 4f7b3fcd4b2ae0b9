package io.p2pfaas.node.http;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Response;
import java.nio.ByteBuffer;

/**
 * How a call ended whose caller did not wait.
 *
 * @param answer its headers include those that report about the call
 * @param durationNanos from its arrival to its end
 */
record AsyncResult(FunctionName function, CallTrace trace, CallAnswer answer, long durationNanos) {
    int bytes() {
        return answer.body().remaining();
    }

    /** The same with a sentence instead of the answer. */
    AsyncResult without(String why) {
        return new AsyncResult(function, trace, CallAnswer.error(503, 1, why), durationNanos);
    }

    /** The answer's headers and then {@code more}. */
    static CallAnswer with(CallAnswer answer, Headers more) {
        Headers.Builder all = new Headers.Builder();
        answer.headers().forEach((name, value) -> {
            if (!CallTrace.isTraceField(name) && !name.equalsIgnoreCase(Response.CONTENT_LENGTH)) {
                all.add(name, value);
            }
        });
        more.forEach(all::add);
        ByteBuffer body = answer.body();
        return new CallAnswer(answer.status(), all.build(), body);
    }
}

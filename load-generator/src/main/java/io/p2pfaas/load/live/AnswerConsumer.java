package io.p2pfaas.load.live;

import io.p2pfaas.load.record.ErrorCode;
import io.p2pfaas.load.record.Executor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer to its last byte, and keeps of it only the status, who executed it, and the error code. Confined to
 * the I/O thread of its connection.
 */
final class AnswerConsumer implements AsyncResponseConsumer<Reply> {
    /** Error bodies of nodes are one short line; the code stands first. */
    private static final int MAX_ERROR_BODY_BYTES = 4096;

    private int status;
    private Executor executor = Executor.LOCAL;
    private byte[] errorBody = new byte[0];
    private int errorBodyLength;
    private @Nullable FutureCallback<Reply> onComplete;

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 100 and 103 announce an answer and are none.
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<Reply> resultCallback) {
        status = response.getCode();
        executor = NodeAnswer.executor(
                value(response, NodeAnswer.EXTERNALLY_EXECUTED), value(response, NodeAnswer.PEERS_LIST_ID));
        if (entity == null) {
            resultCallback.completed(answer());
            return;
        }
        if (ErrorCode.mayReject(status)) {
            errorBody = new byte[MAX_ERROR_BODY_BYTES];
        }
        onComplete = resultCallback;
    }

    private static @Nullable String value(HttpResponse response, String name) {
        Header first = response.getFirstHeader(name);
        return first == null ? null : first.getValue();
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer content) {
        int kept = Math.min(content.remaining(), errorBody.length - errorBodyLength);
        content.get(errorBody, errorBodyLength, kept);
        errorBodyLength += kept;
        content.position(content.limit());
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (onComplete != null) {
            onComplete.completed(answer());
        }
    }

    private Reply answer() {
        if (errorBodyLength == 0) {
            return new Reply.Answer(status, OptionalInt.empty(), executor);
        }
        OptionalInt code = NodeAnswer.errorCode(errorBody, errorBodyLength);
        String reason = code.isPresent() ? NodeAnswer.reason(errorBody, errorBodyLength) : "";
        return new Reply.Answer(status, code, executor, reason);
    }

    @Override
    public void failed(Exception cause) {
        // The callback of the call is told, too, and answers for both.
    }

    @Override
    public void releaseResources() {
        errorBody = new byte[0];
    }
}

package io.p2pfaas.load.plan;

import java.util.List;

/** What every call of a run looks like: a POST with these header fields and this body. Immutable. */
public final class CallTemplate {
    private final List<HeaderField> headers;
    private final byte[] body;

    public CallTemplate(List<HeaderField> headers, byte[] body) {
        this.headers = List.copyOf(headers);
        this.body = body.clone();
    }

    /** In the order they are sent. */
    public List<HeaderField> headers() {
        return headers;
    }

    /** A copy. */
    public byte[] body() {
        return body.clone();
    }

    /** Length of the body. */
    public int bodyBytes() {
        return body.length;
    }
}

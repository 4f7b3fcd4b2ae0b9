package io.p2pfaas.node.http;

import io.p2pfaas.node.call.Document.Refusal;

/** A request that a page cannot do, with what to answer. */
final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int NOT_FOUND = 404;
    private static final int NOT_FOUND_CODE = 3;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int GENERIC = 1;

    private final transient Refusal refusal;

    RequestRefused(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    static RequestRefused notFound(String message) {
        return new RequestRefused(new Refusal(NOT_FOUND, NOT_FOUND_CODE, message));
    }

    static RequestRefused notOffered(String message) {
        return new RequestRefused(new Refusal(NOT_IMPLEMENTED, GENERIC, message));
    }

    Refusal refusal() {
        return refusal;
    }
}

package io.p2pfaas.node.call;

/** By which a call is found again in logs, traces and reports: the caller's own id for it, or one that is made here. */
public final class CallId {
    /** The field in which callers say theirs. */
    public static final String FIELD = "X-Call-Id";

    private static final int MAX_LENGTH = 128;

    private CallId() {}

    /** The caller's id if it gave one that may be, or else this node's number. */
    public static String of(Request request, long number) {
        String given = request.headers().first(FIELD);
        return given != null && isSane(given) ? given : Long.toString(number);
    }

    /** Visible ASCII only, and not endless: it is written into logs of functions, and kept when a call was slow. */
    public static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}

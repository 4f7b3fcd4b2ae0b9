package io.p2pfaas.node.runtime;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects the body of an answer. With a declared length the bytes are read into their final place; without, the buffer
 * doubles.
 */
final class AnswerBody {
    /**
     * Upper bound of one read. The JDK reads into heap memory through a direct buffer of the size asked for, which it
     * keeps per thread: without the bound an answer of 5 MB would cost 5 MB outside the heap for ever.
     */
    private static final int WINDOW_BYTES = 64 << 10;

    private static final int FIRST_BYTES = 4 << 10;

    private final int limit;
    private final boolean declared;
    private byte[] bytes;
    private ByteBuffer buffer;

    private AnswerBody(int capacity, int limit, boolean declared) {
        this.bytes = new byte[capacity];
        this.buffer = ByteBuffer.wrap(bytes);
        this.limit = limit;
        this.declared = declared;
    }

    /** For exactly {@code length} bytes. */
    static AnswerBody ofLength(int length) {
        return new AnswerBody(length, length, true);
    }

    /** For a length not told beforehand. */
    static AnswerBody upTo(int limit) {
        return new AnswerBody(Math.min(FIRST_BYTES, limit + 1), limit, false);
    }

    /** Where the next bytes go; has room unless a declared length is complete. */
    ByteBuffer window() {
        int position = buffer.position();
        if (position == bytes.length && !declared) {
            // One byte above the limit is room enough to find out that there is more.
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, limit + 1L));
            buffer = ByteBuffer.wrap(bytes);
            buffer.position(position);
        }
        buffer.limit(Math.min(bytes.length, position + WINDOW_BYTES));
        return buffer;
    }

    boolean isTooLarge() {
        return buffer.position() > limit;
    }

    /** What was read, read-only, without copying it. */
    ByteBuffer finished() {
        return ByteBuffer.wrap(bytes, 0, buffer.position()).slice().asReadOnlyBuffer();
    }
}

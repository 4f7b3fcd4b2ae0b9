package io.p2pfaas.core.fuzz;

import java.util.Arrays;

/**
 * What a fuzzer changes: four bytes of head, and what the parser is given. Fuzzers find it hard to make long inputs, in
 * which quadratic time and deep recursion hide, so the head may ask for a piece of the rest to be repeated.
 */
final class FuzzInput {
    private static final int HEAD = 4;
    private static final int MAX_DOUBLINGS = 16;
    private static final int MAX_UNIT = 64;
    private static final int MAX_BYTES = 1 << 20;
    private static final int PLAIN = '0';

    private final byte[] bytes;

    FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The input that gives {@code content} to a parser as it is. */
    static FuzzInput plain(int parser, byte[] content) {
        byte[] bytes = new byte[HEAD + content.length];
        Arrays.fill(bytes, 0, HEAD, (byte) PLAIN);
        bytes[0] = (byte) ('a' + parser);
        System.arraycopy(content, 0, bytes, HEAD, content.length);
        return new FuzzInput(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    int parser() {
        return bytes.length == 0 ? 0 : Math.floorMod(bytes[0] - 'a', 1 << Byte.SIZE);
    }

    byte[] content() {
        if (bytes.length <= HEAD) {
            return new byte[0];
        }
        byte[] rest = Arrays.copyOfRange(bytes, HEAD, bytes.length);
        int times = 1 << (Math.floorMod(bytes[1] - PLAIN, 1 << Byte.SIZE) % (MAX_DOUBLINGS + 1));
        return times == 1 ? rest : repeated(rest, times);
    }

    private byte[] repeated(byte[] rest, int times) {
        int start = ((bytes[3] & 0xff) * rest.length) >> Byte.SIZE;
        int unit = Math.min(rest.length - start, 1 + Math.floorMod(bytes[2] - PLAIN, 1 << Byte.SIZE) % MAX_UNIT);
        int copies = Math.min(times, Math.max(1, (MAX_BYTES - rest.length) / unit));
        byte[] whole = new byte[rest.length + unit * (copies - 1)];
        System.arraycopy(rest, 0, whole, 0, start);
        for (int i = 0; i < copies; i++) {
            System.arraycopy(rest, start, whole, start + i * unit, unit);
        }
        System.arraycopy(rest, start + unit, whole, start + copies * unit, rest.length - start - unit);
        return whole;
    }
}

package io.p2pfaas.core.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Changes inputs at random, for runs without a fuzzer that learns. The same seed gives the same inputs. */
final class Mutations {
    private static final String TELLING = "\0\t\n\r \"'\\,:;{}[]()<>=&?%#+-./0919eE$*@~";

    private final SplittableRandom random;

    Mutations(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Changes one to four places, now and then by a piece of {@code other}. */
    byte[] of(byte[] input, byte[] other) {
        byte[] changed = input;
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            changed = once(changed, other);
        }
        return changed;
    }

    private byte[] once(byte[] input, byte[] other) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + random.nextInt(1, 9));
        return switch (random.nextInt(5)) {
            case 0 -> replaced(input, at, end, new byte[0]);
            case 1 -> replaced(input, at, Math.min(input.length, at + 1), new byte[] {any()});
            case 2 -> replaced(input, at, at, new byte[] {(byte) TELLING.charAt(random.nextInt(TELLING.length()))});
            case 3 -> replaced(input, at, at, Arrays.copyOfRange(input, at, end));
            default -> {
                int from = random.nextInt(other.length + 1);
                yield replaced(
                        input,
                        at,
                        end,
                        Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(17))));
            }
        };
    }

    private byte any() {
        return (byte) random.nextInt(1 << Byte.SIZE);
    }

    private static byte[] replaced(byte[] input, int start, int end, byte[] by) {
        byte[] result = new byte[input.length - (end - start) + by.length];
        System.arraycopy(input, 0, result, 0, start);
        System.arraycopy(by, 0, result, start, by.length);
        System.arraycopy(input, end, result, start + by.length, input.length - end);
        return result;
    }
}

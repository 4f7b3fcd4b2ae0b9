package io.p2pfaas.core.planted.rules;

import java.util.Random;

public final class RollsDice {
    private final Random random = new Random(1);

    public int roll() {
        return random.nextInt(6);
    }
}

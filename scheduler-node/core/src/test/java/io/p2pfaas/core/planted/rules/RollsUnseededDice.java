package io.p2pfaas.core.planted.rules;

import java.util.Collections;
import java.util.List;

public final class RollsUnseededDice {
    public void mix(List<String> names) {
        Collections.shuffle(names);
    }
}

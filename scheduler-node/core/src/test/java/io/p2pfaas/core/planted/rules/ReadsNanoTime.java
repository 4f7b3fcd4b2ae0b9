package io.p2pfaas.core.planted.rules;

public final class ReadsNanoTime {
    public long now() {
        return System.nanoTime();
    }
}

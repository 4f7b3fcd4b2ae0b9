package io.p2pfaas.core.planted.rules;

public final class Locks {
    private int count;

    public synchronized int next() {
        return ++count;
    }
}

package io.p2pfaas.core.planted.rules;

public final class Remembers {
    private static int count;

    private Remembers() {}

    public static int next() {
        return ++count;
    }
}

package io.p2pfaas.core.planted.rules;

public final class KnowsItsThread {
    public String name() {
        return Thread.currentThread().getName();
    }
}

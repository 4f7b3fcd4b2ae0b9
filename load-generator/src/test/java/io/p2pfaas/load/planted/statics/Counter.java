package io.p2pfaas.load.planted.statics;

final class Counter {
    static int count;

    private Counter() {}
}

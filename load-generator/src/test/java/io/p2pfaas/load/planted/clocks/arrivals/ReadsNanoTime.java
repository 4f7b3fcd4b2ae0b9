package io.p2pfaas.load.planted.clocks.arrivals;

final class ReadsNanoTime {
    long now() {
        return System.nanoTime();
    }
}

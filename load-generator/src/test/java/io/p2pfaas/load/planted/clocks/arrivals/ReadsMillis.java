package io.p2pfaas.load.planted.clocks.arrivals;

final class ReadsMillis {
    long now() {
        return System.currentTimeMillis();
    }
}

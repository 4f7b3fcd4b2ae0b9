package io.p2pfaas.load.planted.clocks.plan;

final class StartsThread {
    void start() {
        new Thread(() -> {}).start();
    }
}

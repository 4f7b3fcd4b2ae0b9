package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.wire.WireMessage;

/** Of a transport whose messages do not matter. */
record DeafListener() implements Transport.Listener {
    @Override
    public void up() {
        // Nothing to do.
    }

    @Override
    public void down() {
        // Nothing to do.
    }

    @Override
    public void received(WireMessage message) {
        // Nothing to do.
    }
}

package io.p2pfaas.load.live;

import java.util.List;
import java.util.function.Consumer;

/** Hands each call to the transport of its kind of client. */
final class MixedTransport implements Transport {
    private final List<Transport> byClient;

    /** @param byClient in the order of the experiment's clients */
    MixedTransport(List<Transport> byClient) {
        this.byClient = List.copyOf(byClient);
    }

    @Override
    public Runnable send(PlannedCall call, Consumer<Reply> onReply) {
        return byClient.get(call.client()).send(call, onReply);
    }
}

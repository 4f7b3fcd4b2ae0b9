package io.p2pfaas.node.mqtt;

import java.util.HashSet;
import java.util.Set;

/** Remembers what was told, so that a broker that stays away fills no log. Not thread-safe. */
final class ToldOnce {
    /** Reasons may have changing parts, such as a port: rather told twice than remembered for ever. */
    private static final int MAX = 200;

    private record Told(BrokerAddress broker, String reason) {}

    private final Set<Told> told = new HashSet<>();

    boolean isNew(BrokerAddress broker, String reason) {
        if (told.size() >= MAX) {
            told.clear();
        }
        return told.add(new Told(broker, reason));
    }

    /** This broker is connected: if it goes, that is news. */
    void forget(BrokerAddress broker) {
        told.removeIf(entry -> entry.broker().equals(broker));
    }
}

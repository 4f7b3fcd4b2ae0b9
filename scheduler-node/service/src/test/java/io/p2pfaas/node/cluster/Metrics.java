package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;

/** One scrape of a node. */
record Metrics(Map<String, Double> values) {
    private static final String[] STATES = {"done", "failed", "rejected", "expired", "cancelled"};

    static Metrics of(String nodeUrl, Caller caller) {
        Map<String, Double> values = new LinkedHashMap<>();
        caller.get(nodeUrl + "/metrics")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
                });
        return new Metrics(values);
    }

    long value(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no metric " + name + " in " + values.keySet());
        }
        return value.longValue();
    }

    long received(String source) {
        return value("p2pfaas_calls_received_total{source=\"" + source + "\"}");
    }

    long ended(String source, String state) {
        return value("p2pfaas_calls_ended_total{source=\"" + source + "\",state=\"" + state + "\"}");
    }

    long inFlight(String source) {
        return value("p2pfaas_calls_in_flight{source=\"" + source + "\"}");
    }

    long notDone(String reason) {
        return value("p2pfaas_calls_not_done_total{reason=\"" + reason + "\"}");
    }

    /** Every call that came is in exactly one place. */
    Metrics assertBalanced() {
        assertBalanced("caller", 0);
        assertBalanced("peer", value("p2pfaas_handed_on_total"));
        return this;
    }

    private void assertBalanced(String source, long handedOn) {
        long accounted = handedOn + inFlight(source);
        for (String state : STATES) {
            accounted += ended(source, state);
        }
        assertThat(accounted)
                .as("calls of a %s accounted for in %s", source, values)
                .isEqualTo(received(source));
    }
}

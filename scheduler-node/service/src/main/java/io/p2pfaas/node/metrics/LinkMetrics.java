package io.p2pfaas.node.metrics;

import io.p2pfaas.node.mqtt.LinkCounters;

/** What happened on the broker link, as metrics. */
final class LinkMetrics {
    private LinkMetrics() {}

    static void register(Meters meters, LinkCounters link) {
        meters.counter("p2pfaas.link.connects", "Times that the broker link came up", link::connects);
        meters.counter("p2pfaas.link.malformed", "Messages that made no sense", link::malformed);
        meters.counter("p2pfaas.link.repeated", "Messages that had been here before", link::repeated);
        meters.counter(
                "p2pfaas.link.unanswerable",
                "Calls not taken, since their response topic is not allowed",
                link::unanswerable);
        meters.counter(
                "p2pfaas.link.config.refused",
                "Messages that should have changed the configuration and did not",
                link::configRefused);
        meters.counter(
                "p2pfaas.link.mapped.failed",
                "Messages on mapped topics that failed and named no response topic",
                link::mappedFailed);
        for (String limit : link.limits()) {
            meters.counter(
                    "p2pfaas.link.limited",
                    "Calls refused since their device was above a limit",
                    () -> link.limited(limit),
                    "limit",
                    limit);
        }
        meters.counter(
                "p2pfaas.link.answers.dropped", "Answers that could not be delivered in time", link::answersDropped);
    }
}

package io.p2pfaas.node.config;

import java.time.Duration;

/**
 * How calls are treated.
 *
 * @param timeout time budget of a call whose caller names none
 * @param maxInFlight calls that the node keeps in mind at once
 * @param dedupeWindow how long a repeated request gets the stored answer
 * @param replyExpiry how long the broker keeps answers for devices that are away
 * @param maxAttempts forwards, offers and waits for one call
 * @param acceptTimeout a peer that has not answered at all after this time is passed over
 * @param heartbeat a load sample is sent at least this often; one older than three of them counts as none
 * @param bookAboveBytes larger bodies are sent to a peer only after a slot was booked there
 */
public record CallSettings(
        Duration timeout,
        int maxInFlight,
        Duration dedupeWindow,
        Duration replyExpiry,
        int maxAttempts,
        Duration acceptTimeout,
        Duration heartbeat,
        long bookAboveBytes) {}

package io.p2pfaas.core.testing;

import io.p2pfaas.core.model.Payload;

/** The body of a call in a {@link MiniCluster}: how long its execution takes, wherever and however often it runs. */
record Job(long serviceNanos) implements Payload {}

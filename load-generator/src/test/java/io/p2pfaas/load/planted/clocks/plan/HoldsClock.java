package io.p2pfaas.load.planted.clocks.plan;

import java.time.Clock;

record HoldsClock(Clock clock) {}

package io.p2pfaas.load.planted.clocks.arrivals;

import java.util.concurrent.Semaphore;

record UsesConcurrent(Semaphore permits) {}

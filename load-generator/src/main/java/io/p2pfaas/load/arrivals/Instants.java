package io.p2pfaas.load.arrivals;

import java.util.PrimitiveIterator;

/** Instants that never end. */
abstract class Instants implements PrimitiveIterator.OfLong {
    @Override
    public final boolean hasNext() {
        return true;
    }
}

package io.p2pfaas.load.sim;

/** Something that is planned for a moment of virtual time. A class, not a lambda: there are several per call. */
abstract class Happening {
    abstract void happen();
}

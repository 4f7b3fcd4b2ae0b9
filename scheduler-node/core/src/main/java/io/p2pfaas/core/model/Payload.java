package io.p2pfaas.core.model;

/**
 * What an edge attaches to a call or an outcome (body, headers, the open connection). The core hands it on and never
 * looks inside.
 */
public interface Payload {
    /** Nothing attached, as in simulations. */
    Payload NONE = new Payload() {
        @Override
        public String toString() {
            return "-";
        }
    };
}

package io.p2pfaas.load.report;

import java.util.List;

/** Losses that queueing theory knows, to be laid over what was measured. */
@FunctionalInterface
public interface TheoryCurves {
    /** Nobody knows. */
    TheoryCurves NONE = setting -> List.of();

    /**
     * A cluster of equal nodes with equal load.
     *
     * @param slots K of each node
     * @param queue Q of each node
     * @param rho offered load per slot, lambda S / K
     */
    record Setting(int nodes, int slots, int queue, double rho) {}

    /** A named share of lost calls. */
    record Loss(String name, double pB) {}

    /** What theory says of one setting; empty where it says nothing. */
    List<Loss> losses(Setting setting);
}

package io.p2pfaas.load.cli;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Where the commands get their worlds from. A world that is {@link AutoCloseable} is closed after use. */
interface Worlds {
    /**
     * A simulator with these schedulers; may run on several threads at once.
     *
     * @param log for people: what schedulers did wrong
     */
    World simulated(PolicyCatalogue catalogue, PrintWriter log);

    /**
     * Real nodes.
     *
     * @param nodeJar what launched nodes are started from
     * @param plugins folder of their plug-ins; absent = none
     * @param workFolder for logs and data of processes
     * @param log for people
     */
    World live(Experiment experiment, Path nodeJar, Optional<Path> plugins, Path workFolder, PrintWriter log);
}

package io.p2pfaas.load.cli;

import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Where the commands get their worlds from. A world that is {@link AutoCloseable} is closed after use. */
interface Worlds {
    /** A simulator; may run on several threads at once. */
    World simulated();

    /**
     * Real nodes.
     *
     * @param nodeJar what launched nodes are started from
     * @param workFolder for logs and data of processes
     * @param log for people
     */
    World live(Experiment experiment, Path nodeJar, Path workFolder, PrintWriter log);
}

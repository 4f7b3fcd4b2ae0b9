package io.p2pfaas.load.cli;

import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.live.LiveWorld;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.sim.SimulatedWorld;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The worlds of this build. */
final class StandardWorlds implements Worlds {
    @Override
    public World simulated() {
        return new SimulatedWorld();
    }

    @Override
    public World live(Experiment experiment, Path nodeJar, Path workFolder, PrintWriter log) {
        return new LiveWorld(nodeJar, workFolder, log);
    }
}

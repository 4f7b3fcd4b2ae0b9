package io.p2pfaas.load.cli;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.live.LiveWorld;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.sim.SimulatedWorld;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** The worlds of this build. */
final class StandardWorlds implements Worlds {
    @Override
    public World simulated(PolicyCatalogue catalogue, PrintWriter log) {
        return new SimulatedWorld(catalogue, fault -> log.println("warning: " + fault));
    }

    @Override
    public World live(Experiment experiment, Path nodeJar, Optional<Path> plugins, Path workFolder, PrintWriter log) {
        return new LiveWorld(nodeJar, plugins, workFolder, log);
    }
}

package io.p2pfaas.load.cli;

import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The worlds of this build. */
final class StandardWorlds implements Worlds {
    @Override
    public World simulated() {
        throw new IllegalStateException("this build has no simulator");
    }

    @Override
    public World live(Experiment experiment, Path nodeJar, Path workFolder, PrintWriter log) {
        throw new IllegalStateException("this build cannot run live");
    }
}

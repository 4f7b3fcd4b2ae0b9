package io.p2pfaas.load.cli;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.load.campaign.FakeWorld;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Only a simulated world, and that a fake. */
final class FakeWorlds implements Worlds {
    private final World simulated;

    FakeWorlds() {
        this(new FakeWorld());
    }

    FakeWorlds(World simulated) {
        this.simulated = simulated;
    }

    @Override
    public World simulated(PolicyCatalogue catalogue, PrintWriter log) {
        return simulated;
    }

    @Override
    public World live(Experiment experiment, Path nodeJar, Optional<Path> plugins, Path workFolder, PrintWriter log) {
        throw new IllegalStateException("no test runs live");
    }
}

package io.p2pfaas.load.cli;

import io.p2pfaas.load.campaign.FakeWorld;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The lab, in a world whose fifth run tells its calls and never ends. For {@link KillIT}. */
final class LabToKill {
    private LabToKill() {}

    public static void main(String[] args) {
        System.exit(Lab.commandLine(new FakeWorlds(new StuckWorld())).execute(args));
    }

    private static final class StuckWorld implements World {
        private final World fake = new FakeWorld();
        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public RunResult.World name() {
            return fake.name();
        }

        @Override
        public RunResult run(Experiment experiment, Point point, int repetition, Consumer<Outcome> outcomes)
                throws RunFailed {
            RunResult result = fake.run(experiment, point, repetition, outcomes);
            if (runs.incrementAndGet() == 5) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException interrupted) {
                    throw new RunFailed("interrupted", interrupted);
                }
            }
            return result;
        }
    }
}

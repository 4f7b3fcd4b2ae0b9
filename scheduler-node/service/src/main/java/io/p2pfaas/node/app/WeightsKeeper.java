package io.p2pfaas.node.app;

import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.learn.Weights;
import io.p2pfaas.node.config.DataFolder;
import io.p2pfaas.node.config.WeightsText;
import io.p2pfaas.node.loop.NodeLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the learner has learned for the next life of the node: every few seconds if it has changed, and at the end.
 * It copies inside the brain and writes outside of it, on a thread of its own.
 */
final class WeightsKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WeightsKeeper.class);
    private static final long PERIOD_SECONDS = 5;
    private static final String BROKEN = ".broken";

    private final NodeLoop loop;
    private final DataFolder folder;
    private final ScheduledExecutorService writer;
    private long savedChanges;
    private boolean failing;

    WeightsKeeper(NodeLoop loop, DataFolder folder) {
        this.loop = loop;
        this.folder = folder;
        writer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "p2pfaas-learner");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Gives the learner what a former life learned, and begins to keep what it learns now. */
    void start() {
        restore();
        // It says itself what goes wrong.
        Future<?> ignored = writer.scheduleWithFixedDelay(this::save, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void restore() {
        String file = DataFolder.WEIGHTS;
        try {
            Weights weights = WeightsText.read(Files.readString(folder.file(file)));
            loop.learn(learner -> {
                learner.restore(weights);
                return true;
            });
            LOG.info("learner goes on states={} trained={}", weights.rows().size(), weights.trained());
        } catch (NoSuchFileException ignored) {
            // Nothing was learned so far.
        } catch (IOException | IllegalArgumentException broken) {
            LOG.warn(
                    "the learner begins anew, since {} cannot be used: {}; it is kept as {}",
                    folder.file(file),
                    broken.getMessage(),
                    file + BROKEN);
            putAside(file);
        }
    }

    private void putAside(String file) {
        try {
            Files.move(folder.file(file), folder.file(file + BROKEN), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException stuck) {
            LOG.warn("it cannot be kept and will be overwritten: {}", stuck.toString());
        }
    }

    /** Saves what has changed since the last time. A failure is said once, and the next try still happens. */
    synchronized void save() {
        try {
            long changes = loop.learn(Learner::changes);
            if (changes == savedChanges) {
                return;
            }
            folder.write(DataFolder.WEIGHTS, WeightsText.kept(loop.learn(Learner::weights)) + "\n");
            savedChanges = changes;
            failing = false;
        } catch (IOException | RuntimeException failed) {
            if (!failing) {
                LOG.error("what the learner learned cannot be saved, and is tried again", failed);
            }
            failing = true;
        }
    }

    /** Saves for the last time. */
    @Override
    public void close() {
        writer.shutdown();
        save();
    }
}

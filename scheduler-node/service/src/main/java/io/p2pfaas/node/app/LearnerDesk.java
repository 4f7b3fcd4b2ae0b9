package io.p2pfaas.node.app;

import io.p2pfaas.core.learn.Act;
import io.p2pfaas.core.learn.Experience;
import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.learn.State;
import io.p2pfaas.core.learn.Verdict;
import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.call.LearnerPort;
import io.p2pfaas.node.config.DataFolder;
import io.p2pfaas.node.config.DocumentRefused;
import io.p2pfaas.node.config.LearnerText;
import io.p2pfaas.node.config.WeightsText;
import io.p2pfaas.node.loop.NodeLoop;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what clients ask of the learner to the brain that owns it. Texts are read and written outside of its lock. */
final class LearnerDesk implements LearnerPort {
    private static final Logger LOG = LoggerFactory.getLogger(LearnerDesk.class);

    private final NodeLoop loop;
    private final Keeper keeper;

    LearnerDesk(NodeLoop loop, Keeper keeper) {
        this.loop = loop;
        this.keeper = keeper;
    }

    @Override
    public Act act(State state) {
        return loop.learn(learner -> learner.act(state));
    }

    @Override
    public Verdict train(Experience experience) {
        return loop.learn(learner -> learner.train(experience));
    }

    @Override
    public Batch trainAll(ByteBuffer json) {
        int[] refused = {0};
        try {
            LearnerText.experiences(json, experience -> {
                Verdict verdict = train(experience);
                if (verdict == Verdict.NO_SUCH_ACTION) {
                    throw new IllegalArgumentException("action is " + experience.action() + ": " + verdict.text());
                }
                refused[0] += verdict == Verdict.TAKEN ? 0 : 1;
            });
            return new Batch(refused[0], Optional.empty());
        } catch (DocumentRefused wrong) {
            return new Batch(refused[0], Optional.of(wrong.getMessage()));
        }
    }

    @Override
    public String parameters() {
        return LearnerText.parameters(loop.learn(Learner::parameters));
    }

    @Override
    public synchronized Optional<String> change(ByteBuffer json) {
        LearnerParameters next;
        try {
            next = LearnerText.change(loop.learn(Learner::parameters), json);
        } catch (DocumentRefused refused) {
            return Optional.of(refused.getMessage());
        }
        Optional<Document.Refusal> unsaved = keeper.keep(DataFolder.LEARNER, LearnerText.kept(next));
        if (unsaved.isPresent()) {
            return unsaved.map(Document.Refusal::message);
        }
        loop.learn(learner -> {
            learner.change(next);
            return true;
        });
        LOG.info("learner changed parameters={}", next.values());
        return Optional.empty();
    }

    @Override
    public String stats() {
        return LearnerText.stats(loop.learn(Learner::stats));
    }

    @Override
    public String weights() {
        return WeightsText.told(loop.learn(Learner::weights));
    }

    @Override
    public void reset() {
        loop.learn(learner -> {
            learner.reset();
            return true;
        });
        LOG.info("learner reset");
    }
}

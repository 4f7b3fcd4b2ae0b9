package io.p2pfaas.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.p2pfaas.core.planted.model.ModelThatKnowsThePolicy;
import io.p2pfaas.core.planted.node.PlantedNode;
import io.p2pfaas.core.planted.policy.PolicyThatKnowsTheNode;
import io.p2pfaas.core.planted.rules.KnowsItsThread;
import io.p2pfaas.core.planted.rules.Locks;
import io.p2pfaas.core.planted.rules.Open;
import io.p2pfaas.core.planted.rules.ReadsFiles;
import io.p2pfaas.core.planted.rules.ReadsInstant;
import io.p2pfaas.core.planted.rules.ReadsNanoTime;
import io.p2pfaas.core.planted.rules.Remembers;
import io.p2pfaas.core.planted.rules.RollsDice;
import io.p2pfaas.core.planted.rules.RollsUnseededDice;
import io.p2pfaas.core.planted.rules.SharesAMap;
import io.p2pfaas.core.planted.rules.UsesALibrary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that nothing can break checks nothing: each one is shown a class that breaks it. */
final class PlantedViolationsTest {
    private static final String PLANTED = "io.p2pfaas.core.planted";

    record Planted(ArchRule rule, Class<?> violation) {
        @Override
        public String toString() {
            return violation.getSimpleName();
        }
    }

    static List<Planted> planted() {
        return List.of(
                new Planted(CoreRules.NO_CLOCK, ReadsNanoTime.class),
                new Planted(CoreRules.NO_CLOCK, ReadsInstant.class),
                new Planted(CoreRules.NO_OWN_CHANCE, RollsDice.class),
                new Planted(CoreRules.NO_OWN_CHANCE, RollsUnseededDice.class),
                new Planted(CoreRules.NO_THREADS, KnowsItsThread.class),
                new Planted(CoreRules.NO_THREADS, SharesAMap.class),
                new Planted(CoreRules.NO_LOCKS, Locks.class),
                new Planted(CoreRules.NO_IO, ReadsFiles.class),
                new Planted(CoreRules.NO_SHARED_STATE, Remembers.class),
                new Planted(CoreRules.CLOSED_CLASSES, Open.class),
                new Planted(CoreRules.JDK_ONLY, UsesALibrary.class));
    }

    private static String report(ArchRule rule, Class<?>... classes) {
        JavaClasses imported = new ClassFileImporter().importClasses(classes);
        return rule.allowEmptyShould(true).evaluate(imported).getFailureReport().toString();
    }

    @ParameterizedTest
    @MethodSource("planted")
    void a_planted_violation_is_found(Planted planted) {
        assertThat(report(planted.rule(), planted.violation()))
                .contains(planted.violation().getSimpleName());
    }

    @Test
    void an_arrow_in_the_wrong_direction_is_found() {
        assertThat(report(CoreRules.arrows(PLANTED), PolicyThatKnowsTheNode.class, PlantedNode.class))
                .contains("PolicyThatKnowsTheNode");
    }

    @Test
    void a_cycle_is_found() {
        assertThat(report(
                        CoreRules.noCycles(PLANTED),
                        ModelThatKnowsThePolicy.class,
                        PolicyThatKnowsTheNode.class,
                        PlantedNode.class))
                .contains("Cycle detected");
    }
}

package io.p2pfaas.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The rules of STYLE.md for this module. Each is shown to fail on classes planted in a package tree of its own. */
final class ArchitectureTest {
    private static final String ROOT = "io.p2pfaas.load";
    private static final String PLANTED = ROOT + ".planted";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** cli to live, sim and report, these to campaign, record, plan and arrivals; worlds and report do not know each other. */
    private static ArchRule arrows(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(root + "..")
                .layer("cli")
                .definedBy(root + ".cli..")
                .layer("live")
                .definedBy(root + ".live..")
                .layer("device")
                .definedBy(root + ".device..")
                .layer("sim")
                .definedBy(root + ".sim..")
                .layer("report")
                .definedBy(root + ".report..")
                .layer("theory")
                .definedBy(root + ".theory..")
                .layer("campaign")
                .definedBy(root + ".campaign..")
                .layer("record")
                .definedBy(root + ".record..")
                .layer("plan")
                .definedBy(root + ".plan..")
                .layer("arrivals")
                .definedBy(root + ".arrivals..")
                .withOptionalLayers(true)
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("live")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("device")
                .mayOnlyBeAccessedByLayers("cli", "live")
                .whereLayer("sim")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("theory")
                .mayOnlyBeAccessedByLayers("cli", "report")
                .whereLayer("campaign")
                .mayOnlyBeAccessedByLayers("cli", "live", "sim", "report")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("cli", "live", "device", "sim", "report", "campaign")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("cli", "live", "device", "sim", "report", "campaign")
                .whereLayer("arrivals")
                .mayOnlyBeAccessedByLayers("cli", "live", "sim", "report", "campaign", "plan")
                .ensureAllClassesAreContainedInArchitecture();
    }

    private static ArchRule noClocksInPlans(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(root + ".arrivals..", root + ".plan..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Instant")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread");
    }

    private static ArchRule noCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    private static ArchRule noMutableStatics(String root) {
        return fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage(root + "..")
                .should()
                .beFinal();
    }

    private static JavaClasses planted(String name) {
        return new ClassFileImporter().importPackages(PLANTED + "." + name);
    }

    private static void assertFails(ArchRule rule, String planted, String... violators) {
        assertThat(rule.evaluate(planted(planted)).getFailureReport().getDetails())
                .as("violations of: " + rule.getDescription())
                .allSatisfy(detail -> assertThat(detail).contains(PLANTED + "." + planted))
                .satisfies(details -> assertThat(String.join("\n", details)).contains(violators));
    }

    @Test
    void dependencies_follow_the_arrows() {
        arrows(ROOT).check(MODULE);
    }

    @Test
    void a_record_that_knows_the_live_world_is_found() {
        assertFails(arrows(PLANTED + ".arrows"), "arrows", "KnowsLive", "KnowsReport", "KnowsRecord");
    }

    @Test
    void arrivals_and_plans_use_no_clocks_and_threads() {
        noClocksInPlans(ROOT).check(MODULE);
    }

    @Test
    void clocks_and_threads_in_arrivals_and_plans_are_found() {
        assertFails(
                noClocksInPlans(PLANTED + ".clocks"),
                "clocks",
                "ReadsNanoTime",
                "ReadsMillis",
                "HoldsClock",
                "StartsThread",
                "UsesConcurrent");
    }

    @Test
    void packages_have_no_cycles() {
        noCycles(ROOT).check(MODULE);
    }

    @Test
    void a_cycle_is_found() {
        assertFails(noCycles(PLANTED + ".cycles"), "cycles", "Hen", "Egg");
    }

    @Test
    void static_fields_are_final() {
        noMutableStatics(ROOT).check(MODULE);
    }

    @Test
    void a_static_field_that_is_not_final_is_found() {
        assertFails(noMutableStatics(PLANTED + ".statics"), "statics", "Counter.count");
    }
}

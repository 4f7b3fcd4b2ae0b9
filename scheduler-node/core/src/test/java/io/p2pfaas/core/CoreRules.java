package io.p2pfaas.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.function.Predicate;

/** What makes scheduler-core something that a simulator can run: no clock, no chance, no threads, no I/O of its own. */
final class CoreRules {
    private static final Set<String> CLOCK_METHODS = Set.of("nanoTime", "currentTimeMillis", "now", "systemUTC");

    static final ArchRule NO_CLOCK = noClasses()
            .should()
            .callMethodWhere(isCall(
                    "reading a clock",
                    target -> CLOCK_METHODS.contains(target.getName())
                            && (target.getOwner().isEquivalentTo(System.class)
                                    || target.getOwner().getPackageName().startsWith("java.time"))))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .because("the core is told the time");

    static final ArchRule NO_OWN_CHANCE = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.SplittableRandom")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.security.SecureRandom")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.random.RandomGeneratorFactory")
            .orShould()
            .callMethodWhere(isCall(
                    "drawing unseeded chance",
                    target -> (target.getName().equals("random")
                                    && target.getOwner().isEquivalentTo(Math.class))
                            || target.getName().equals("randomUUID")
                            || (target.getName().equals("shuffle")
                                    && target.getRawParameterTypes().size() == 1)))
            .because("all chance comes from the seeded source that the driver gives");

    static final ArchRule NO_THREADS = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "start or wait for threads",
                    (JavaClass used) -> used.getName().equals("java.lang.Thread")
                            || used.getName().equals("java.lang.ThreadLocal")
                            || (used.getPackageName().startsWith("java.util.concurrent")
                                    && !used.getName().startsWith("java.util.concurrent.TimeUnit"))))
            .because("the driver lets one thread in at a time");

    static final ArchRule NO_LOCKS = methods()
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED)
            .because("the driver lets one thread in at a time");

    static final ArchRule NO_IO = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.util.logging..")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("effects are carried out by the driver");

    static final ArchRule NO_SHARED_STATE =
            fields().that().areStatic().should().beFinal().because("many brains live in one process");

    static final ArchRule CLOSED_CLASSES = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL)
            .orShould()
            .haveModifier(JavaModifier.ABSTRACT)
            .because("classes are designed to be extended or closed");

    static final ArchRule JDK_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.p2pfaas.core..")
            .because("decisions need nothing but the JDK");

    private CoreRules() {}

    /** Which package may use which, as DESIGN draws it: identifiers at the bottom, the brain on top. */
    static ArchRule arrows(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("model")
                .definedBy(root + ".model")
                .layer("learn")
                .definedBy(root + ".learn")
                .layer("policy")
                .definedBy(root + ".policy")
                .layer("queue")
                .definedBy(root + ".queue")
                .layer("peers")
                .definedBy(root + ".peers")
                .layer("node")
                .definedBy(root + ".node")
                .whereLayer("node")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("peers")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("queue")
                .mayOnlyBeAccessedByLayers("node")
                .whereLayer("policy")
                .mayOnlyBeAccessedByLayers("peers", "node")
                .whereLayer("learn")
                .mayOnlyBeAccessedByLayers("model", "policy", "node")
                .whereLayer("learn")
                .mayNotAccessAnyLayer();
    }

    static ArchRule noCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    private static DescribedPredicate<JavaMethodCall> isCall(
            String what, Predicate<AccessTarget.MethodCallTarget> target) {
        return DescribedPredicate.describe(what, call -> target.test(call.getTarget()));
    }
}

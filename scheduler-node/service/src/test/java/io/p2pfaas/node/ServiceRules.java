package io.p2pfaas.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/** The rules of STYLE.md, "Where things live", for packages below a root: the module's own, or a planted tree. */
final class ServiceRules {
    private ServiceRules() {}

    /**
     * app knows everybody; the edges http, mqtt, runtime and metrics know loop, wire and call, but not each other and
     * not config. One exception: metrics read the link's counters ({@link #metricsReadCountersOnly}), which would
     * otherwise have to be copied field by field in app.
     */
    static ArchRule arrows(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(root + "..")
                .layer("app")
                .definedBy(root + ".app..")
                .layer("config")
                .definedBy(root + ".config..")
                .layer("http")
                .definedBy(root + ".http..")
                .layer("mqtt")
                .definedBy(root + ".mqtt..")
                .layer("runtime")
                .definedBy(root + ".runtime..")
                .layer("metrics")
                .definedBy(root + ".metrics..")
                .layer("loop")
                .definedBy(root + ".loop..")
                .layer("wire")
                .definedBy(root + ".wire..")
                .layer("call")
                .definedBy(root + ".call..")
                .layer("function")
                .definedBy(root + ".function..")
                .layer("tls")
                .definedBy(root + ".tls..")
                .layer("access")
                .definedBy(root + ".access..")
                .layer("watch")
                .definedBy(root + ".watch..")
                .layer("files")
                .definedBy(root + ".files..")
                .layer("trace")
                .definedBy(root + ".trace..")
                .withOptionalLayers(true)
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("runtime")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("mqtt")
                .mayOnlyBeAccessedByLayers("app", "metrics")
                .whereLayer("loop")
                .mayOnlyBeAccessedByLayers("app", "http", "mqtt", "metrics")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("app", "mqtt", "loop")
                .whereLayer("function")
                .mayOnlyBeAccessedByLayers("app", "config", "http", "runtime")
                .whereLayer("tls")
                .mayOnlyBeAccessedByLayers("app", "config", "http", "mqtt")
                .whereLayer("access")
                .mayOnlyBeAccessedByLayers("app", "config", "http")
                .whereLayer("watch")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("trace")
                .mayOnlyBeAccessedByLayers("app", "config")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("app", "config", "http", "mqtt", "tls", "access", "trace")
                .whereLayer("call")
                .mayOnlyBeAccessedByLayers(
                        "app",
                        "config",
                        "http",
                        "mqtt",
                        "runtime",
                        "metrics",
                        "loop",
                        "wire",
                        "function",
                        "access",
                        "watch",
                        "trace")
                .ensureAllClassesAreContainedInArchitecture();
    }

    static ArchRule metricsReadCountersOnly(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".metrics..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".mqtt..").and(not(simpleName("LinkCounters"))));
    }

    static ArchRule environmentIsReadByAppAndConfig(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + ".app..", root + ".config..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class);
    }

    static ArchRule onlyAppPrints(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".app..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    static ArchRule staticFieldsAreFinal(String root) {
        return fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage(root + "..")
                .should()
                .beFinal();
    }

    static ArchRule noCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** Binding JSON to objects would let the network choose what is made. */
    static ArchRule wireKnowsTheJsonTokenizerOnly(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".wire..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.p2pfaas.core..",
                        root + ".wire..",
                        root + ".call..",
                        "com.fasterxml.jackson.core..",
                        "org.jspecify.annotations..");
    }

    static ArchRule onlyTheTransportKnowsTheMqttClient(String root) {
        return noClasses()
                .that()
                .haveNameNotMatching(root.replace(".", "\\.")
                        + "\\.mqtt\\.(HiveMq(Transport|Config|Messages|Answers)|PublishSieve)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.hivemq..", "io.reactivex..", "io.netty..");
    }

    static ArchRule httpAndRuntimeKnowUndertow(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + ".http..", root + ".runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.undertow..", "org.xnio..");
    }
}

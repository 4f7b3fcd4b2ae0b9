package io.p2pfaas.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** This module keeps the rules; and each rule is shown to fail on classes planted in a package tree of its own. */
final class ArchitectureTest {
    private static final String ROOT = "io.p2pfaas.node";
    private static final String PLANTED = ROOT + ".planted";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Exactly these planted classes break the rule. */
    private static void assertFinds(ArchRule rule, String tree, String... violators) {
        JavaClasses planted = new ClassFileImporter().importPackages(PLANTED + "." + tree);
        assertThat(rule.evaluate(planted).getFailureReport().getDetails())
                .as("violations of: " + rule.getDescription())
                .isNotEmpty()
                .allSatisfy(detail -> assertThat(violators).anyMatch(detail::contains))
                .satisfies(details -> assertThat(String.join("\n", details)).contains(violators));
    }

    @Test
    void dependencies_follow_the_arrows() {
        assertThat(MODULE).hasSizeGreaterThan(100);
        ServiceRules.arrows(ROOT).check(MODULE);
    }

    @Test
    void a_dependency_against_the_arrows_is_found() {
        assertFinds(
                ServiceRules.arrows(PLANTED + ".arrows"),
                "arrows",
                "mqtt.KnowsHttp",
                "runtime.KnowsConfig",
                "loop.KnowsApp",
                "call.KnowsLoop",
                "config.KnowsWire");
    }

    @Test
    void metrics_see_the_links_counters_and_nothing_else_of_it() {
        ServiceRules.metricsReadCountersOnly(ROOT).check(MODULE);
    }

    @Test
    void metrics_that_see_more_of_the_link_are_found() {
        assertFinds(ServiceRules.metricsReadCountersOnly(PLANTED + ".counters"), "counters", "metrics.ReadsLink");
    }

    @Test
    void the_environment_is_read_by_app_and_config_only() {
        ServiceRules.environmentIsReadByAppAndConfig(ROOT).check(MODULE);
    }

    @Test
    void who_else_reads_the_environment_is_found() {
        assertFinds(
                ServiceRules.environmentIsReadByAppAndConfig(PLANTED + ".surroundings"),
                "surroundings",
                "ReadsEnvironment.one()",
                "ReadsEnvironment.all()");
    }

    @Test
    void only_the_command_line_prints() {
        ServiceRules.onlyAppPrints(ROOT).check(MODULE);
    }

    @Test
    void who_else_prints_is_found() {
        assertFinds(ServiceRules.onlyAppPrints(PLANTED + ".surroundings"), "surroundings", "System.out", "System.err");
    }

    @Test
    void static_fields_are_final() {
        ServiceRules.staticFieldsAreFinal(ROOT).check(MODULE);
    }

    @Test
    void a_static_field_that_is_not_final_is_found() {
        assertFinds(ServiceRules.staticFieldsAreFinal(PLANTED + ".statics"), "statics", "Counter.count");
    }

    @Test
    void packages_have_no_cycles() {
        ServiceRules.noCycles(ROOT).check(MODULE);
    }

    @Test
    void a_cycle_is_found() {
        assertFinds(ServiceRules.noCycles(PLANTED + ".cycles"), "cycles", "Hen");
    }

    @Test
    void codecs_know_the_json_tokenizer_and_no_other_library() {
        ServiceRules.wireKnowsTheJsonTokenizerOnly(ROOT).check(MODULE);
    }

    @Test
    void a_codec_that_knows_another_library_is_found() {
        assertFinds(ServiceRules.wireKnowsTheJsonTokenizerOnly(PLANTED + ".libraries"), "libraries", "BindsObjects");
    }

    @Test
    void only_the_transport_knows_the_mqtt_client() {
        ServiceRules.onlyTheTransportKnowsTheMqttClient(ROOT).check(MODULE);
    }

    @Test
    void another_class_that_knows_the_mqtt_client_is_found() {
        assertFinds(
                ServiceRules.onlyTheTransportKnowsTheMqttClient(PLANTED + ".libraries"), "libraries", "KnowsHiveMq");
    }

    @Test
    void http_and_runtimes_know_undertow_and_nobody_else() {
        ServiceRules.httpAndRuntimeKnowUndertow(ROOT).check(MODULE);
    }

    @Test
    void who_else_knows_undertow_is_found() {
        assertFinds(ServiceRules.httpAndRuntimeKnowUndertow(PLANTED + ".libraries"), "libraries", "KnowsUndertow");
    }
}

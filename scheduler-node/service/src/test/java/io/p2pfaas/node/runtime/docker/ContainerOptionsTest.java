package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pfaas.node.function.FunctionJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

final class ContainerOptionsTest {
    private static final ContainerDefaults DEFAULTS = new ContainerDefaults(
            "p2p/n1",
            128L << 20,
            500_000_000L,
            64,
            16L << 20,
            4,
            10,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(20));

    /** Of a definition with these fields beside its name and image. */
    private static ContainerOptions of(String fields) {
        String json = "{\"service\":\"f\",\"image\":\"acme/f:1\"" + fields.replace('\'', '"') + "}";
        return ContainerOptions.of(FunctionJson.read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8))), DEFAULTS);
    }

    private static ContainerOptions annotated(String key, String value) {
        return of(",'annotations':{'" + key + "':'" + value + "'}");
    }

    private static ContainerOptions labelled(String labels) {
        return of(",'labels':{" + labels + "}");
    }

    @Test
    void a_definition_that_says_nothing_gets_the_safe_defaults() {
        ContainerOptions options = of("");
        ContainerPlan plan = options.plan("7", Map.of("a", "b"), Optional.of(Path.of("/secrets")));

        assertThat(plan.name()).matches("p2pfaas-f-[0-9a-f]{8}-7");
        assertThat(plan.image()).isEqualTo("acme/f:1");
        assertThat(plan.network()).matches("p2pfaas-f-[0-9a-f]{8}");
        assertThat(plan.labels()).isEqualTo(Map.of("a", "b"));
        assertThat(plan.memoryBytes()).isEqualTo(128L << 20);
        assertThat(plan.nanoCpus()).isEqualTo(500_000_000L);
        assertThat(plan.pids()).isEqualTo(64);
        assertThat(plan.tmpfsBytes()).isEqualTo(16L << 20);
        assertThat(plan.readOnlyRoot()).isTrue();
        assertThat(plan.newPrivileges()).isFalse();
        assertThat(plan.capabilities()).isEmpty();
        assertThat(plan.user()).isEmpty();
        assertThat(plan.secrets()).hasValue(Path.of("/secrets"));
        assertThat(options.internal()).isTrue();
        assertThat(options.relaxations()).isEmpty();
        assertThat(options.minReplicas()).isEqualTo(1);
        assertThat(options.maxReplicas()).isEqualTo(4);
        assertThat(options.toZero()).isFalse();
        assertThat(options.concurrency()).isEqualTo(10);
        assertThat(options.pauseAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.stopAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(options.startTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options.port()).isEqualTo(8080);
    }

    @Test
    void limits_and_variables_of_the_definition_are_taken() {
        ContainerOptions options =
                of(",'envVars':{'B':'2','A':'1'},'envProcess':'cat','limits':{'memory':'64Mi','cpu':'250m'}");

        assertThat(options.environment()).containsExactly("B=2", "A=1", "fprocess=cat");
        assertThat(options.memoryBytes()).isEqualTo(64L << 20);
        assertThat(options.nanoCpus()).isEqualTo(250_000_000L);
    }

    @Test
    void annotations_change_how_it_is_run() {
        assertThat(annotated("io.p2pfaas.pids", "200").pids()).isEqualTo(200);
        assertThat(annotated("io.p2pfaas.tmpfs", "1Mi").tmpfsBytes()).isEqualTo(1 << 20);
        assertThat(annotated("io.p2pfaas.user", "1000:1000").user()).hasValue("1000:1000");
        assertThat(annotated("io.p2pfaas.concurrency", "1").concurrency()).isEqualTo(1);
        assertThat(annotated("io.p2pfaas.pause-after", "0s").pauseAfter()).isZero();
        assertThat(annotated("io.p2pfaas.stop-after", "1m30s").stopAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(annotated("io.p2pfaas.start-timeout", "5s").startTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(annotated("io.p2pfaas.port", "3000").port()).isEqualTo(3000);
        assertThat(annotated("io.p2pfaas.idempotent", "true").relaxations()).isEmpty();
        assertThat(annotated("topic", "of somebody else").relaxations()).isEmpty();
    }

    @Test
    void what_is_relaxed_is_named() {
        assertThat(annotated("io.p2pfaas.network", "outbound").relaxations()).containsExactly("network=outbound");
        assertThat(annotated("io.p2pfaas.capabilities", "net_raw, CAP_CHOWN").relaxations())
                .containsExactly("capabilities=CHOWN,NET_RAW");
        assertThat(annotated("io.p2pfaas.new-privileges", "true").relaxations()).containsExactly("new-privileges=true");
        assertThat(annotated("io.p2pfaas.user", "root").relaxations()).containsExactly("user=root");
        assertThat(of(",'readOnlyRootFilesystem':false").relaxations()).containsExactly("readOnlyRootFilesystem=false");
        assertThat(of(",'readOnlyRootFilesystem':true").relaxations()).isEmpty();
    }

    @Test
    void one_that_may_go_out_is_on_another_network() {
        ContainerOptions outbound = annotated("io.p2pfaas.network", "outbound");

        assertThat(outbound.internal()).isFalse();
        assertThat(outbound.network()).isNotEqualTo(of("").network());
    }

    @Test
    void scale_labels_are_bounds_within_those_of_the_node() {
        ContainerOptions options =
                labelled("'com.openfaas.scale.min':'2','com.openfaas.scale.max':'3','com.openfaas.scale.zero':'true'");

        assertThat(options.minReplicas()).isEqualTo(2);
        assertThat(options.maxReplicas()).isEqualTo(3);
        assertThat(options.toZero()).isTrue();
        assertThat(labelled("'com.openfaas.scale.max':'20'").maxReplicas()).isEqualTo(4);
        assertThat(labelled("'com.openfaas.scale.min':'20'").minReplicas()).isEqualTo(4);
    }

    @Test
    void a_least_number_above_the_greatest_is_refused() {
        refused(() -> labelled("'com.openfaas.scale.min':'3','com.openfaas.scale.max':'2'"))
                .withMessageContaining("com.openfaas.scale.min")
                .withMessageContaining("com.openfaas.scale.max");
    }

    @Test
    void wrong_values_are_refused_with_key_value_and_what_is_allowed() {
        refused(() -> annotated("io.p2pfaas.network", "host"))
                .withMessage("io.p2pfaas.network is \"host\"; allowed is internal or outbound");
        refused(() -> annotated("io.p2pfaas.pids", "-1"))
                .withMessage("io.p2pfaas.pids is \"-1\"; allowed is a whole number from 2 to 100000");
        refused(() -> annotated("io.p2pfaas.port", "70000")).withMessageContaining("1 to 65535");
        refused(() -> annotated("io.p2pfaas.new-privileges", "yes")).withMessageContaining("true or false");
        refused(() -> annotated("io.p2pfaas.idempotent", "yes")).withMessageContaining("true or false");
        refused(() -> annotated("io.p2pfaas.stop-after", "soon"))
                .withMessage("io.p2pfaas.stop-after is \"soon\"; allowed is a duration such as 500ms, 30s or 5m above"
                        + " 0s");
        refused(() -> annotated("io.p2pfaas.start-timeout", "0s")).withMessageContaining("above 0s");
        refused(() -> annotated("io.p2pfaas.tmpfs", "big")).withMessageContaining("io.p2pfaas.tmpfs is \"big\"");
        refused(() -> annotated("io.p2pfaas.user", "a b")).withMessageContaining("1000:1000");
        refused(() -> labelled("'com.openfaas.scale.min':'many'")).withMessageContaining("com.openfaas.scale.min");
        refused(() -> labelled("'com.openfaas.scale.max':'0'")).withMessageContaining("com.openfaas.scale.max");
        refused(() -> labelled("'com.openfaas.scale.zero':'maybe'")).withMessageContaining("true or false");
    }

    @Test
    void capabilities_that_would_give_it_the_host_are_refused() {
        for (String capability : new String[] {"ALL", "SYS_ADMIN", "SYS_MODULE", "DAC_READ_SEARCH", "SYS_RAWIO"}) {
            refused(() -> annotated("io.p2pfaas.capabilities", capability)).withMessageContaining(capability);
        }
    }

    @Test
    void an_annotation_that_is_mistyped_is_refused() {
        refused(() -> annotated("io.p2pfaas.stop-aftr", "5m"))
                .withMessageContaining("io.p2pfaas.stop-aftr")
                .withMessageContaining("did you mean io.p2pfaas.stop-after?");
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> refused(ThrowingCallable call) {
        return assertThatIllegalArgumentException().isThrownBy(call);
    }
}

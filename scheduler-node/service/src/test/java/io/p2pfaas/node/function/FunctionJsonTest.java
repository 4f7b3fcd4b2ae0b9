package io.p2pfaas.node.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.p2pfaas.core.model.FunctionName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FunctionJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00.123456789Z");

    /** What faas-cli sends when everything is said. */
    private static final String FULL = """
            {"service":"figlet","image":"ghcr.io/openfaas/figlet:latest","namespace":"openfaas-fn",\
            "envProcess":"figlet -w 80","envVars":{"b":"2","a":"","http_proxy":"x y"},\
            "constraints":["node.platform.os == linux"],"secrets":["api-key","tls.pem"],\
            "labels":{"com.openfaas.scale.min":"2","Group":"\\u00fc"},"annotations":{"topic":"a,b"},\
            "limits":{"memory":"128Mi","cpu":"100m"},"requests":{"memory":"64Mi","cpu":"0.05"},\
            "readOnlyRootFilesystem":true,"somethingNewer":{"deep":[1,2.50,null]}}""";

    private static FunctionDefinition read(String json) {
        return FunctionJson.read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode written(String json) throws JsonProcessingException {
        return JSON.readTree(FunctionJson.write(new FunctionState(read(json), 3, 2, 17, CREATED)));
    }

    @Test
    void all_that_faas_cli_sends_is_read() {
        FunctionDefinition read = read(FULL);
        assertThat(read.name()).isEqualTo(new FunctionName("figlet"));
        assertThat(read.image()).isEqualTo("docker:ghcr.io/openfaas/figlet:latest");
        assertThat(read.environment())
                .containsExactly(
                        java.util.Map.entry("b", "2"),
                        java.util.Map.entry("a", ""),
                        java.util.Map.entry("http_proxy", "x y"),
                        java.util.Map.entry("fprocess", "figlet -w 80"));
        assertThat(read.secrets()).containsExactly("api-key", "tls.pem");
        assertThat(read.labels()).containsEntry("com.openfaas.scale.min", "2").containsEntry("Group", "ü");
        assertThat(read.annotations()).containsEntry("topic", "a,b");
        assertThat(read.limits().memoryBytes()).hasValue(128L << 20);
        assertThat(read.limits().nanoCpus()).hasValue(100_000_000L);
        assertThat(read.readOnlyRoot()).contains(true);
    }

    @Test
    void every_field_is_reported_back_as_it_was_given() throws JsonProcessingException {
        JsonNode given = JSON.readTree(FULL);
        JsonNode written = written(FULL);
        given.fieldNames()
                .forEachRemaining(
                        field -> assertThat(written.get(field)).as(field).isEqualTo(given.get(field)));
    }

    @Test
    void numbers_keep_their_digits() {
        assertThat(read("{\"service\":\"f\",\"image\":\"i\",\"x\":[2.50,12345678901234567890,0.1]}")
                        .given())
                .contains("[2.50,12345678901234567890,0.1]");
    }

    @Test
    void a_state_says_how_the_function_is() throws JsonProcessingException {
        JsonNode written = written("{\"service\":\"f\",\"image\":\"i\"}");
        assertThat(written.get("name").asText()).isEqualTo("f");
        assertThat(written.get("namespace").asText()).isEqualTo("openfaas-fn");
        assertThat(written.get("image").asText()).isEqualTo("i");
        assertThat(written.get("replicas").asInt()).isEqualTo(3);
        assertThat(written.get("availableReplicas").asInt()).isEqualTo(2);
        assertThat(written.get("invocationCount").asInt()).isEqualTo(17);
        assertThat(written.get("createdAt").asText()).isEqualTo("2026-01-31T12:00:00.123456789Z");
    }

    @Test
    void what_a_client_says_about_the_state_does_not_count() throws JsonProcessingException {
        JsonNode written =
                written("{\"service\":\"f\",\"image\":\"i\",\"replicas\":99,\"invocationCount\":99,\"name\":\"g\"}");
        assertThat(written.get("replicas").asInt()).isEqualTo(3);
        assertThat(written.get("invocationCount").asInt()).isEqualTo(17);
        assertThat(written.get("name").asText()).isEqualTo("f");
    }

    @Test
    void credentials_of_a_registry_are_not_kept() throws JsonProcessingException {
        String json = "{\"service\":\"f\",\"image\":\"i\",\"registryAuth\":\"dXNlcjpwdw==\"}";
        assertThat(read(json).given()).doesNotContain("dXNlcjpwdw");
        assertThat(written(json).has("registryAuth")).isFalse();
    }

    @Test
    void null_is_the_same_as_nothing() {
        FunctionDefinition read =
                read("{\"service\":\"f\",\"image\":\"i\",\"envVars\":null,\"labels\":null,\"secrets\":null,"
                        + "\"limits\":null,\"namespace\":null,\"readOnlyRootFilesystem\":null,\"annotations\":null}");
        assertThat(read.environment()).isEmpty();
        assertThat(read.limits()).isEqualTo(Resources.UNSAID);
        assertThat(read.readOnlyRoot()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "builtin:echo, builtin:echo",
        "http://127.0.0.1:9000, http://127.0.0.1:9000",
        "exec:/bin/cat, exec:/bin/cat",
        "docker:a/b, docker:a/b",
        "docker:dind, docker:docker:dind",
        "a/b:1.0, docker:a/b:1.0",
        "localhost:5000/a@sha256:00, docker:localhost:5000/a@sha256:00",
    })
    void an_image_without_a_scheme_is_a_container(String image, String runs) {
        assertThat(read("{\"service\":\"f\",\"image\":\"" + image + "\"}").image())
                .isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource({
        "f.openfaas-fn, f",
        "a.b, a.b",
        "f.other, f.other",
        ".openfaas-fn, .openfaas-fn",
        "openfaas-fn, openfaas-fn"
    })
    void only_the_one_namespace_is_cut_off_a_name(String given, String name) {
        assertThat(FunctionJson.withoutNamespace(given)).isEqualTo(name);
    }

    @Test
    void a_name_may_be_given_with_its_namespace() {
        assertThat(read("{\"service\":\"f.openfaas-fn\",\"image\":\"i\"}").name())
                .isEqualTo(new FunctionName("f"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "|the body is no JSON object",
                "[]|the body is no JSON object",
                "\"f\"|the body is no JSON object",
                "{\"service\":\"f\",\"image\":\"i\"} x|the body is not sound JSON",
                "{\"service\":\"f\",\"service\":\"g\",\"image\":\"i\"}|Duplicate field 'service'",
                "{\"image\":\"i\"}|service is missing",
                "{\"service\":\"\",\"image\":\"i\"}|service is \"\"",
                "{\"service\":\"a/b\",\"image\":\"i\"}|service is \"a/b\"; allowed is 1 to 64 characters",
                "{\"service\":\"../x\",\"image\":\"i\"}|service is \"../x\"",
                "{\"service\":7,\"image\":\"i\"}|service is 7; allowed is a string",
                "{\"service\":\"f\"}|image is missing",
                "{\"service\":\"f\",\"image\":\"\"}|image is \"\"",
                "{\"service\":\"f\",\"image\":\"a b\"}|image is \"a b\"",
                "{\"service\":\"f\",\"image\":\"i\",\"namespace\":\"other\"}|namespace is \"other\"; allowed is openfaas-fn",
                "{\"service\":\"f\",\"image\":\"i\",\"envVars\":[]}|envVars is []",
                "{\"service\":\"f\",\"image\":\"i\",\"envVars\":{\"a\":1}}|envVars.a is 1; allowed is a string",
                "{\"service\":\"f\",\"image\":\"i\",\"envVars\":{\"a=b\":\"1\"}}|envVars: \"a=b\" is no name of a variable",
                "{\"service\":\"f\",\"image\":\"i\",\"envVars\":{\"\":\"1\"}}|is no name of a variable",
                "{\"service\":\"f\",\"image\":\"i\",\"envVars\":{\"a\":\"\\u0000\"}}|envVars.a",
                "{\"service\":\"f\",\"image\":\"i\",\"secrets\":\"x\"}|secrets is \"x\"; allowed is a list of names",
                "{\"service\":\"f\",\"image\":\"i\",\"secrets\":[\"../x\"]}|secrets is \"../x\"",
                "{\"service\":\"f\",\"image\":\"i\",\"secrets\":[\"..\"]}|secrets is \"..\"",
                "{\"service\":\"f\",\"image\":\"i\",\"labels\":{\"a\":true}}|labels.a is true; allowed is a string",
                "{\"service\":\"f\",\"image\":\"i\",\"limits\":\"1\"}|limits is \"1\"",
                "{\"service\":\"f\",\"image\":\"i\",\"limits\":{\"memory\":\"lots\"}}|limits.memory is \"lots\"",
                "{\"service\":\"f\",\"image\":\"i\",\"limits\":{\"cpu\":\"0\"}}|limits.cpu is \"0\"",
                "{\"service\":\"f\",\"image\":\"i\",\"readOnlyRootFilesystem\":\"yes\"}|readOnlyRootFilesystem is \"yes\"",
            })
    void what_cannot_be_is_refused_with_field_value_and_what_is_allowed(String json, String message) {
        assertThatThrownBy(() -> read(json == null ? "" : json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_long_value_is_shown_in_part_only() {
        assertThatThrownBy(() -> read("{\"service\":\"" + "x/".repeat(10_000) + "\",\"image\":\"i\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(wrong -> assertThat(wrong.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void json_that_is_nested_without_end_is_refused() {
        assertThatThrownBy(() -> read("{\"service\":\"f\",\"image\":\"i\",\"x\":" + "[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not sound JSON");
    }

    @Test
    void a_configured_function_is_described_like_a_deployed_one() throws JsonProcessingException {
        FunctionDefinition configured = FunctionDefinition.configured(new FunctionName("f"), "docker:a/b:1", true);
        JsonNode written = JSON.readTree(FunctionJson.write(new FunctionState(configured, 1, 1, 0, CREATED)));
        assertThat(written.get("image").asText()).isEqualTo("a/b:1");
        assertThat(written.get("annotations").get("io.p2pfaas.idempotent").asText())
                .isEqualTo("true");
        assertThat(read(configured.given()).image()).isEqualTo("docker:a/b:1");
        assertThat(read(configured.given()).isIdempotent()).isTrue();
    }
}

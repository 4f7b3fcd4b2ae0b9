package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What P2PFaaS's configuration documents may say; CONTRACT B1 has what the original took. */
final class DocumentsTest {
    private static final CapacitySettings BEFORE = new CapacitySettings(4, 6, true);
    private static final MachineSettings MACHINE = new MachineSettings("10.0.0.1", "n1", "", List.of());
    private static final PolicyCatalogue CATALOGUE = PolicyCatalogue.standard();

    private static ByteBuffer bytes(String json) {
        return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }

    private static CapacitySettings capacity(String json) throws DocumentRefused {
        return CapacityChange.read(bytes(json)).in(BEFORE);
    }

    private static PolicySpec scheduler(String json) throws DocumentRefused {
        return SchedulerDocument.read(bytes(json), CATALOGUE).spec();
    }

    @FunctionalInterface
    private interface Reading {
        void read() throws DocumentRefused;
    }

    private static String refusal(Reading reading) {
        DocumentRefused refused = catchThrowableOfType(DocumentRefused.class, reading::read);
        assertThat(refused).as("it was taken").isNotNull();
        return refused.getMessage();
    }

    @Test
    void a_configuration_that_is_written_is_read_as_the_same() throws DocumentRefused {
        CapacitySettings odd = new CapacitySettings(7, 9, false);
        assertThat(odd.json())
                .isEqualTo("{\"parallel_running_functions_max\":7,\"queue_length_max\":9,\"queue_enabled\":false,"
                        + "\"running_functions_max\":7}");
        assertThat(capacity(odd.json())).isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 4 | 6 | true",
                "{\"parallel_running_functions_max\":9} | 9 | 6 | true",
                "{\"running_functions_max\":9} | 9 | 6 | true",
                "{\"running_functions_max\":9,\"parallel_running_functions_max\":9} | 9 | 6 | true",
                "{\"queue_length_max\":0} | 4 | 0 | true",
                "{ \"queue_enabled\" : false } | 4 | 6 | false",
            })
    void what_is_not_named_stays(String json, int slots, int length, boolean enabled) throws DocumentRefused {
        assertThat(capacity(json)).isEqualTo(new CapacitySettings(slots, length, enabled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "4",
                "\"x\"",
                "true",
                "{}{}",
                "{} x",
                "{'a':1}",
                "\0",
                "{\"queue_enabled\":}"
            })
    void what_is_no_object_is_refused_with_an_example(String json) {
        assertThat(refusal(() -> capacity(json)))
                .startsWith("the document ")
                .contains("allowed is one JSON object, for example {\"parallel_running_functions_max\":4");
        assertThat(refusal(() -> scheduler(json))).contains("{\"name\":\"PowerOfNScheduler\"");
        assertThat(refusal(() -> MACHINE.with(bytes(json)))).contains("{\"machine_ip\":");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"parallel_running_functions_max\":0} | parallel_running_functions_max is 0; allowed is a whole number from 1 to 10000",
                "{\"parallel_running_functions_max\":-1} | parallel_running_functions_max is -1;",
                "{\"parallel_running_functions_max\":10001} | parallel_running_functions_max is 10001;",
                "{\"parallel_running_functions_max\":\"4\"} | parallel_running_functions_max is \"4\";",
                "{\"parallel_running_functions_max\":4.0} | parallel_running_functions_max is 4.0;",
                "{\"parallel_running_functions_max\":4e9} | parallel_running_functions_max is 4e9;",
                "{\"parallel_running_functions_max\":99999999999999999999} | is 99999999999999999999;",
                "{\"parallel_running_functions_max\":null} | parallel_running_functions_max is null;",
                "{\"parallel_running_functions_max\":[4]} | parallel_running_functions_max is a list;",
                "{\"parallel_running_functions_max\":{\"a\":4}} | parallel_running_functions_max is an object;",
                "{\"running_functions_max\":0} | running_functions_max is 0;",
                "{\"running_functions_max\":5,\"parallel_running_functions_max\":4} | running_functions_max is 5 while parallel_running_functions_max is 4;",
                "{\"queue_length_max\":-1} | queue_length_max is -1; allowed is a whole number from 0 to 100000",
                "{\"queue_length_max\":100001} | queue_length_max is 100001;",
                "{\"queue_enabled\":1} | queue_enabled is 1; allowed is true or false",
                "{\"queue_enabled\":\"true\"} | queue_enabled is \"true\";",
                "{\"queue_enabled\":null} | queue_enabled is null;",
                "{\"queue_length\":4} | \"queue_length\" is no known key (did you mean queue_length_max?); allowed is parallel_running_functions_max,",
                "{\"x\":{\"a\":[1,{}]},\"queue_enabled\":true} | \"x\" is no known key;",
                "{\"queue_enabled\":true,\"queue_enabled\":false} | (Duplicate field \"queue_enabled\")",
            })
    void a_wrong_configuration_is_refused_with_key_value_and_what_is_allowed(String json, String message) {
        assertThat(refusal(() -> capacity(json))).contains(message);
    }

    @Test
    void a_scheduler_that_is_written_is_read_as_the_same() throws DocumentRefused {
        String json = "{\"name\":\"PowerOfNScheduler\",\"parameters\":[\"1\",\"2\",\"true\",\"1\"]}";
        assertThat(scheduler(json)).isEqualTo(PolicySpec.parse("PowerOfNScheduler(1,2,true,1)"));
        assertThat(SchedulerDocument.json(scheduler(json))).isEqualTo(json);
        assertThat(scheduler("{\"name\":\"NoScheduler\"}").parameters()).isEmpty();
        String faithful = "{\"name\":\"PowerOfNScheduler\",\"parameters\":[],\"faithful\":true}";
        assertThat(scheduler(faithful)).isEqualTo(PolicySpec.parse("PowerOfNScheduler faithful"));
        assertThat(SchedulerDocument.json(scheduler(faithful))).isEqualTo(faithful);
        assertThat(scheduler(json.replace("}", ",\"faithful\":false}")).faithful())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | name is missing; allowed is one of",
                "{\"name\":null} | name is null;",
                "{\"name\":4} | name is 4;",
                "{\"name\":\"Nonsense\"} | name is \"Nonsense\"; allowed is one of",
                "{\"name\":\"NoScheduler\",\"parameters\":null} | parameters is null; allowed is a list of strings",
                "{\"name\":\"NoScheduler\",\"parameters\":\"1\"} | parameters is \"1\";",
                "{\"name\":\"PowerOfNScheduler\",\"parameters\":[\"1\",2]} | parameters[1] is 2; allowed is a string",
                "{\"name\":\"PowerOfNScheduler\",\"parameters\":[[\"1\"]]} | parameters[0] is a list;",
                "{\"name\":\"PowerOfNScheduler\",\"parameters\":[{}]} | parameters[0] is an object;",
                "{\"name\":\"PowerOfNScheduler\",\"parameters\":[\"1,2\"]} | parameters[0] is \"1,2\"; allowed is a string",
                "{\"name\":\"PowerOfNScheduler\",\"parameters\":[\"0\"]} | of PowerOfNScheduler is '0'; allowed is a whole number",
                "{\"name\":\"PowerOfNScheduler\",\"parameters\":[\"1\",\"2\",\"maybe\"]} | of PowerOfNScheduler is 'maybe'; allowed is true or false",
                "{\"name\":\"NoScheduler\",\"faithful\":1} | faithful is 1; allowed is true or false",
                "{\"name\":\"NoScheduler\",\"faithful\":true} | 'NoScheduler' has no faithful form",
                "{\"name\":\"NoScheduler\",\"loss\":true} | \"loss\" is no known key;",
                "{\"name\":\"NoScheduler\",\"name\":\"NoScheduler\"} | (Duplicate field \"name\")",
            })
    void a_wrong_scheduler_is_refused_with_key_value_and_what_is_allowed(String json, String message) {
        assertThat(refusal(() -> scheduler(json))).contains(message);
    }

    @Test
    void what_the_set_up_script_posts_about_a_machine_is_taken_and_the_rest_stays() throws DocumentRefused {
        MachineSettings set = MACHINE.with(bytes("{\"machine_ip\":\"127.0.0.12\",\"machine_id\":\"node2\","
                + "\"machine_group_name\":\"lab\",\"init_servers\":[\"127.0.0.11\"]}"));
        assertThat(set).isEqualTo(new MachineSettings("127.0.0.12", "node2", "lab", List.of("127.0.0.11")));
        assertThat(MACHINE.with(bytes(set.json()))).isEqualTo(set);
        assertThat(MACHINE.with(bytes("{\"machine_group_name\":\"x\"}")).ip()).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"machine_ip\":\"\"}",
                "{\"machine_id\":\"a\\r\\nX: y\"}",
                "{\"machine_id\":\"\\u00e4\"}",
                "{\"init_servers\":\"a\"}",
                "{\"machine_fog_net_id\":\"a\"}"
            })
    void what_could_not_be_a_header_field_is_refused(String json) {
        assertThat(refusal(() -> MACHINE.with(bytes(json)))).contains("; allowed is ");
    }

    @Property
    void any_text_is_taken_or_refused_and_never_more(@ForAll String text) {
        for (Reading reading :
                List.<Reading>of(() -> capacity(text), () -> scheduler(text), () -> MACHINE.with(bytes(text)))) {
            try {
                reading.read();
            } catch (DocumentRefused refused) {
                assertThat(refused.getMessage()).contains("; allowed is ");
            }
        }
    }

    @Test
    void a_value_of_a_megabyte_is_not_repeated_to_its_sender() {
        String json = "{\"queue_enabled\":\"" + "x".repeat(50_000) + "\"}";
        assertThat(refusal(() -> capacity(json))).hasSizeLessThan(300);
        assertThat(refusal(() -> capacity("{\"" + "k".repeat(40_000) + "\":1}")))
                .hasSizeLessThan(400);
        assertThat(refusal(() -> capacity("[".repeat(60_000)))).hasSizeLessThan(400);
        assertThat(refusal(() -> capacity("{\"x\":".repeat(10_000)))).hasSizeLessThan(400);
    }
}

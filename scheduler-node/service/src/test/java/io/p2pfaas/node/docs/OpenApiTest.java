package io.p2pfaas.node.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.node.testing.ApiDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
    private static final Pattern NAME = Pattern.compile("\\{([^}]*)}");

    private final ApiDescription api = ApiDescription.read();

    @Test
    void the_page_says_what_the_description_says() {
        Repository.assertMade("docs/api.md", ApiPage.of(api), "openapi.json");
    }

    @Test
    void it_is_a_description_of_version_3_1_with_all_that_it_needs() {
        JsonNode document = api.document();
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        Set<String> ids = new HashSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (entry.getKey().equals("parameters")) {
                        return;
                    }
                    JsonNode operation = entry.getValue();
                    String where = entry.getKey() + " " + path.getKey();
                    assertThat(ids.add(operation.path("operationId").asText()))
                            .as(where)
                            .isTrue();
                    assertThat(operation.path("summary").asText()).as(where).isNotEmpty();
                    assertThat(operation.path("responses")).as(where).isNotEmpty();
                    assertThat(namesInPath(operation, path.getValue()))
                            .as(where)
                            .isEqualTo(names(path.getKey()));
                }));
    }

    private static Set<String> names(String path) {
        Set<String> names = new HashSet<>();
        Matcher name = NAME.matcher(path);
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    private Set<String> namesInPath(JsonNode operation, JsonNode path) {
        Set<String> names = new HashSet<>();
        for (JsonNode list : List.of(operation.path("parameters"), path.path("parameters"))) {
            for (JsonNode given : list) {
                JsonNode parameter = api.resolved(given);
                if (parameter.path("in").asText().equals("path")) {
                    names.add(parameter.path("name").asText());
                }
            }
        }
        return names;
    }

    @Test
    void every_reference_leads_somewhere_and_every_part_is_referred_to() {
        List<String> references = new ArrayList<>();
        collect(api.document(), references);
        references.forEach(reference -> assertThat(
                        api.document().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        for (String kind : List.of("schemas", "responses", "parameters", "requestBodies")) {
            api.document().at("/components/" + kind).fieldNames().forEachRemaining(name -> {
                // No answer is a log line; it is a line of one.
                if (!name.equals("LogLine")) {
                    assertThat(references).contains("#/components/" + kind + "/" + name);
                }
            });
        }
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.get("$ref").asText());
        }
        node.forEach(child -> collect(child, references));
    }
}

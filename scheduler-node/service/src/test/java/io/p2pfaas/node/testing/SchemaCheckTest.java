package io.p2pfaas.node.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaCheckTest {
    private static final String SCHEMA = """
            {"type":"object","required":["a"],"additionalProperties":false,
             "properties":{"a":{"$ref":"#/defs/count"},"b":{"anyOf":[{"type":"string","pattern":"^x+$"},{"type":"null"}]},
               "c":{"type":"array","items":{"enum":["on",1]}},"d":{"const":true},"e":{"type":"string","maxLength":2},
               "f":{"type":"string","format":"date-time"},"g":{"type":"object","additionalProperties":{"type":"boolean"}}},
             "patternProperties":{"^h-":{"type":"string"}}}""";

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private final SchemaCheck check =
            new SchemaCheck(json("{\"defs\":{\"count\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":9}}}"));

    @Test
    void what_fits_has_no_problems() {
        String value =
                "{\"a\":9,\"b\":\"xx\",\"c\":[\"on\",1],\"d\":true,\"e\":\"ab\",\"f\":\"2026-01-02T03:04:05Z\",\"g\":{\"z\":true},\"h-y\":\"\"}";
        assertThat(check.problems(json(SCHEMA), json(value))).isEmpty();
        assertThat(check.problems(json(SCHEMA), json("{\"a\":0,\"b\":null}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]|is no object",
                "{}|has no a",
                "{\"a\":\"1\"}|$.a is no integer",
                "{\"a\":1.5}|$.a is no integer",
                "{\"a\":-1}|$.a is below 0",
                "{\"a\":10}|$.a is above 9",
                "{\"a\":1,\"b\":\"y\"}|$.b fits none of",
                "{\"a\":1,\"c\":[\"on\",\"off\"]}|$.c[1] is none of",
                "{\"a\":1,\"d\":false}|$.d is not true",
                "{\"a\":1,\"e\":\"abc\"}|$.e is longer than 2",
                "{\"a\":1,\"f\":\"today\"}|$.f is no date-time",
                "{\"a\":1,\"g\":{\"z\":1}}|$.g.z is no boolean",
                "{\"a\":1,\"h-y\":1}|$.h-y is no string",
                "{\"a\":1,\"other\":1}|$.other is not allowed"
            })
    void what_does_not_fit_is_named_with_its_place(String value, String problem) {
        assertThat(check.problems(json(SCHEMA), json(value)))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void what_would_not_be_checked_is_refused() {
        assertThatThrownBy(() -> check.problems(json("{\"minItems\":1}"), json("[]")))
                .hasMessageContaining("minItems");
        assertThatThrownBy(() -> check.problems(json("{\"$ref\":\"#/defs/other\"}"), json("1")))
                .hasMessageContaining("#/defs/other");
    }
}

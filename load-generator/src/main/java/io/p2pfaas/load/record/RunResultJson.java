package io.p2pfaas.load.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** {@link RunResult} to one line of JSON and back. Any thread. */
public final class RunResultJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private RunResultJson() {}

    /** One line, without the line break. */
    public static String line(RunResult result) {
        try {
            return MAPPER.writeValueAsString(result);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @throws IllegalArgumentException if it is something else, or was cut off; the message says where
     */
    public static RunResult parse(String line) {
        try {
            return MAPPER.readValue(line, RunResult.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not a run result: " + broken.getOriginalMessage(), broken);
        }
    }
}

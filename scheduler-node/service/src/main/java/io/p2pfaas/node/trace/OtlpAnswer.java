package io.p2pfaas.node.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What a collector says of a batch that it took, OTLP's partial success.
 *
 * @param rejected spans that it does not want
 * @param why in its words, never empty if some are rejected; or a warning though none are
 */
record OtlpAnswer(long rejected, String why) {
    static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_WHY = 200;
    private static final OtlpAnswer ALL_TAKEN = new OtlpAnswer(0, "");
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads one; one that makes no sense says nothing. */
    static OtlpAnswer read(byte[] json) {
        JsonNode partial;
        try {
            partial = JSON.readTree(json).path("partialSuccess");
        } catch (IOException ignored) {
            // The status said that the batch was taken, and many say nothing else, or say it in another language.
            return ALL_TAKEN;
        }
        // Numbers of 64 bits are text in OTLP's JSON; some write them as numbers all the same.
        long rejected = Math.max(0, partial.path("rejectedSpans").asLong());
        String said = partial.path("errorMessage").asText();
        if (said.isEmpty()) {
            return rejected == 0 ? ALL_TAKEN : new OtlpAnswer(rejected, "it does not say why");
        }
        return new OtlpAnswer(rejected, said.length() <= MAX_WHY ? said : said.substring(0, MAX_WHY) + "...");
    }
}

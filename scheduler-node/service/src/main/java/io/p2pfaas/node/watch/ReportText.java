package io.p2pfaas.node.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Reports as bytes: JSON of a bounded size and depth, since they come from other nodes. */
final class ReportText {
    static final int MAX_BYTES = 128 * 1024;
    private static final int MAX_DEPTH = 8;
    /** Small values in great numbers take much more room in memory than as text. */
    private static final int MAX_TOKENS = 20_000;
    /** The least missed first. */
    private static final List<String> GROWING = List.of("peers", "forwards", "functions", Reports.HISTORY);

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .build();

    private ReportText() {}

    static byte[] write(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A report that others take: where it would be too large, lists that grow with the cluster are left out. */
    static byte[] fitting(ObjectNode report) {
        byte[] text = write(report);
        if (text.length <= MAX_BYTES) {
            return text;
        }
        ObjectNode less = report.deepCopy();
        for (String list : GROWING) {
            less.remove(list);
            text = write(less);
            if (text.length <= MAX_BYTES) {
                break;
            }
        }
        return text;
    }

    /** Empty if it is not a report. */
    static Optional<ObjectNode> read(ByteBuffer payload) {
        if (payload.remaining() > MAX_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        try {
            return JSON.readTree(bytes) instanceof ObjectNode report ? Optional.of(report) : Optional.empty();
        } catch (IOException ignored) {
            // The caller counts it and says whose it was.
            return Optional.empty();
        }
    }
}

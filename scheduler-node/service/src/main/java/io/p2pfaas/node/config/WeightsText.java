package io.p2pfaas.node.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.p2pfaas.core.learn.Weights;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What a learner has learned, as clients read it and as it is kept. */
public final class WeightsText {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String CORRECT = "correct";
    private static final String COMPAT = "compat";

    private WeightsText() {}

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writing.to(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** {@code /learner/weights}: which column is which action, which row which state, and the rows. */
    public static String told(Weights weights) {
        return written(json -> {
            json.writeObjectFieldStart("actions_map");
            for (int action = 0; action < weights.actions(); action++) {
                json.writeNumberField(Integer.toString(action), action);
            }
            json.writeEndObject();
            json.writeObjectFieldStart("states_map");
            int row = 0;
            for (Weights.Row state : weights.rows()) {
                json.writeNumberField(state.key(), row++);
            }
            json.writeEndObject();
            json.writeArrayFieldStart("table");
            for (Weights.Row state : weights.rows()) {
                double[] values = state.values();
                json.writeArray(values, 0, values.length);
            }
            json.writeEndArray();
        });
    }

    /** The file. */
    public static String kept(Weights weights) {
        return written(json -> {
            json.writeStringField("rule", weights.compat() ? COMPAT : CORRECT);
            json.writeNumberField("actions", weights.actions());
            json.writeNumberField("average", weights.average());
            json.writeNumberField("epsilon", weights.epsilon());
            json.writeNumberField("inferences", weights.inferences());
            json.writeNumberField("trained", weights.trained());
            json.writeNumberField("episodes", weights.episodes());
            json.writeObjectFieldStart("states");
            for (Weights.Row state : weights.rows()) {
                double[] values = state.values();
                json.writeFieldName(state.key());
                json.writeArray(values, 0, values.length);
            }
            json.writeEndObject();
        });
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it is no JSON
     * @throws IllegalArgumentException if it says what cannot be
     */
    public static Weights read(String text) throws IOException {
        Reading reading = new Reading();
        try (JsonParser parser = JSON.createParser(text)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "it is no object");
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                reading.take(name, parser);
            }
            require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null, "it has no sound end");
        }
        return reading.weights();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static final class Reading {
        private String rule = "";
        private int actions;
        private double average = Double.NaN;
        private double epsilon = Double.NaN;
        private long inferences = -1;
        private long trained = -1;
        private long episodes = -1;
        private final List<Weights.Row> rows = new ArrayList<>();

        void take(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "rule" -> rule = parser.getText();
                case "actions" -> actions = parser.getIntValue();
                case "average" -> average = parser.getDoubleValue();
                case "epsilon" -> epsilon = parser.getDoubleValue();
                case "inferences" -> inferences = parser.getLongValue();
                case "trained" -> trained = parser.getLongValue();
                case "episodes" -> episodes = parser.getLongValue();
                case "states" -> states(parser);
                default -> throw new IllegalArgumentException("it has the unknown field " + name);
            }
        }

        private void states(JsonParser parser) throws IOException {
            require(parser.currentToken() == JsonToken.START_OBJECT, "its states are no object");
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                require(parser.nextToken() == JsonToken.START_ARRAY, "a state is no list");
                List<Double> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(parser.getDoubleValue());
                }
                rows.add(new Weights.Row(
                        key, values.stream().mapToDouble(Double::doubleValue).toArray()));
            }
        }

        Weights weights() {
            require(rule.equals(CORRECT) || rule.equals(COMPAT), "its rule is '" + rule + "'");
            return new Weights(rule.equals(COMPAT), actions, average, epsilon, inferences, trained, episodes, rows);
        }
    }
}

package io.p2pfaas.node.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.p2pfaas.core.learn.Experience;
import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.learn.LearnerStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the learner says and is told, as JSON in the form of P2PFaaS's learner. */
public final class LearnerText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String ALLOWED = "; allowed is ";
    private static final String NAME = "SarsaQTable";
    private static final String KEPT_PARAMETERS = "learner_parameters";

    private LearnerText() {}

    /** {@code /learner/parameters}. */
    public static String parameters(LearnerParameters parameters) {
        return "{\"name\":\"" + NAME + "\",\"parameters\":" + object(parameters) + "}";
    }

    /** The same in the file in which it is kept. */
    public static String kept(LearnerParameters parameters) {
        return "{\"learner_name\":\"" + NAME + "\",\"" + KEPT_PARAMETERS + "\":" + object(parameters) + "}";
    }

    private static String object(LearnerParameters parameters) {
        StringJoiner json = new StringJoiner(",", "{", "}");
        parameters.values().forEach((name, value) -> json.add("\"" + name + "\":" + value));
        return json.toString();
    }

    /** {@code /learner/stats}. */
    public static String stats(LearnerStats stats) {
        return "{\"inferences\":" + stats.inferences() + ",\"trained_items\":" + stats.trainedItems() + ",\"epsilon\":"
                + stats.epsilon() + ",\"episodes\":" + stats.episodes() + ",\"pending_entries\":"
                + stats.pendingEntries() + ",\"eid_max_seen\":" + stats.eidMaxSeen() + ",\"eid_last_trained\":"
                + stats.eidLastTrained() + ",\"average_reward\":" + stats.average() + ",\"states\":" + stats.states()
                + ",\"refused_entries\":" + stats.refused() + ",\"dropped_entries\":" + stats.dropped()
                + ",\"transitions_not_kept\":" + stats.notKept() + ",\"actions_without_peer\":" + stats.withoutPeer()
                + "}";
    }

    /**
     * The parameters with those that the object names. Names that are not known are passed over: set-up scripts send some.
     *
     * @throws DocumentRefused if it is no object, or a value cannot be
     */
    public static LearnerParameters change(LearnerParameters before, ByteBuffer json) throws DocumentRefused {
        try (JsonParser parser = parser(json)) {
            start(parser, JsonToken.START_OBJECT, "one object");
            LearnerParameters changed = with(before, fields(parser));
            end(parser);
            return changed;
        } catch (IOException | IllegalArgumentException wrong) {
            throw refused(wrong);
        }
    }

    /** Reads the file of {@link #kept}. */
    static LearnerParameters readKept(LearnerParameters start, ByteBuffer json) throws DocumentRefused {
        try (JsonParser parser = parser(json)) {
            start(parser, JsonToken.START_OBJECT, "one object");
            LearnerParameters read = start;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals(KEPT_PARAMETERS) && value == JsonToken.START_OBJECT) {
                    read = with(start, fields(parser));
                } else {
                    parser.skipChildren();
                }
            }
            end(parser);
            return read;
        } catch (IOException | IllegalArgumentException wrong) {
            throw refused(wrong);
        }
    }

    /**
     * Reads a list of at least one entry, and hands each over as soon as it is read.
     *
     * @throws DocumentRefused at the first that is wrong
     */
    public static void experiences(ByteBuffer json, Consumer<Experience> taker) throws DocumentRefused {
        try (JsonParser parser = parser(json)) {
            start(parser, JsonToken.START_ARRAY, "a list of entries");
            JsonToken item = parser.nextToken();
            if (item == JsonToken.END_ARRAY) {
                throw new IllegalArgumentException("the list is empty");
            }
            for (; item != JsonToken.END_ARRAY; item = parser.nextToken()) {
                if (item != JsonToken.START_OBJECT) {
                    throw new IllegalArgumentException("an entry is no object");
                }
                taker.accept(experience(fields(parser)));
            }
            end(parser);
        } catch (IOException | IllegalArgumentException wrong) {
            throw refused(wrong);
        }
    }

    private static Experience experience(Map<String, String> entry) {
        return Experience.parse(
                value(entry, "eid"), value(entry, "state"), value(entry, "action"), value(entry, "reward"));
    }

    private static String value(Map<String, String> entry, String name) {
        String value = entry.get(name);
        if (value == null) {
            throw new IllegalArgumentException("an entry has no " + name);
        }
        return value;
    }

    private static LearnerParameters with(LearnerParameters before, Map<String, String> fields) {
        LearnerParameters changed = before;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (LearnerParameters.NAMES.contains(field.getKey())) {
                changed = changed.with(field.getKey(), field.getValue());
            }
        }
        return changed;
    }

    private static JsonParser parser(ByteBuffer json) throws IOException {
        byte[] bytes = new byte[json.remaining()];
        json.duplicate().get(bytes);
        return JSON.createParser(bytes);
    }

    private static void start(JsonParser parser, JsonToken wanted, String words) throws IOException {
        @Nullable JsonToken first = parser.nextToken();
        if (first != wanted) {
            throw new IllegalArgumentException("it is not " + words);
        }
    }

    private static void end(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("it goes on behind its end");
        }
    }

    /** The scalar fields of an object; of others the kind, which is no value of any field. */
    private static Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.put(name, parser.getText());
            parser.skipChildren();
        }
        return fields;
    }

    private static DocumentRefused refused(Exception wrong) {
        String why =
                wrong instanceof JsonProcessingException ? "it is not sound JSON" : String.valueOf(wrong.getMessage());
        // What is allowed is said once: by who found it wrong, if he knows.
        int cut = why.lastIndexOf(ALLOWED);
        return new DocumentRefused(
                "",
                "cannot be: " + (cut < 0 ? why : why.substring(0, cut)),
                cut < 0 ? "what docs/compatibility.md says of the learner" : why.substring(cut + ALLOWED.length()));
    }
}

package io.p2pfaas.node.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An MQTT topic filter, and what its wildcards stand for in a topic that it matches. */
public record TopicPattern(List<String> levels) {
    private static final String ONE = "+";
    private static final String REST = "#";

    public TopicPattern {
        levels = List.copyOf(levels);
    }

    /** Reads {@code filter}, which is a valid filter of MQTT and not a shared one. */
    public static TopicPattern of(String filter) {
        return new TopicPattern(List.of(filter.split("/", -1)));
    }

    /** How many levels are {@code +}. */
    public int singles() {
        return (int) levels.stream().filter(ONE::equals).count();
    }

    /** Whether it ends in {@code #}. */
    public boolean hasRest() {
        return levels.get(levels.size() - 1).equals(REST);
    }

    /** What {@code +} and {@code #} stand for, in their order; null if the topic does not match. */
    public @Nullable List<String> match(String topic) {
        String[] found = topic.split("/", -1);
        List<String> wildcards = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.equals(REST)) {
                wildcards.add(i < found.length ? String.join("/", List.of(found).subList(i, found.length)) : "");
                return i == 0 && topic.startsWith("$") ? null : wildcards;
            }
            if (i >= found.length || (i == 0 && level.equals(ONE) && topic.startsWith("$"))) {
                return null;
            }
            if (level.equals(ONE)) {
                wildcards.add(found[i]);
            } else if (!level.equals(found[i])) {
                return null;
            }
        }
        return found.length == levels.size() ? wildcards : null;
    }

    /** Whether some topic matches both. */
    public boolean overlaps(TopicPattern other) {
        int common = Math.min(levels.size(), other.levels.size());
        for (int i = 0; i < common; i++) {
            String mine = levels.get(i);
            String theirs = other.levels.get(i);
            if (mine.equals(REST) || theirs.equals(REST)) {
                return true;
            }
            if (!mine.equals(ONE) && !theirs.equals(ONE) && !mine.equals(theirs)) {
                return false;
            }
        }
        return levels.size() == other.levels.size() || endsAfter(common) || other.endsAfter(common);
    }

    /** {@code a/#} matches {@code a} too. */
    private boolean endsAfter(int count) {
        return levels.size() == count + 1 && hasRest();
    }

    @Override
    public String toString() {
        return String.join("/", levels);
    }
}

package io.p2pfaas.node.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT topic filter (MQTT 5, 4.7 and 4.8.2).
 *
 * @param group the name of the shared subscription; null for one of its own
 * @param levels what follows it, wildcards and all
 */
record TopicFilter(@Nullable String group, List<String> levels) {
    private static final String SHARE = "$share/";

    TopicFilter {
        levels = List.copyOf(levels);
        int last = levels.size() - 1;
        for (int i = 0; i <= last; i++) {
            String level = levels.get(i);
            boolean misplaced = (level.contains("#") && (i < last || level.length() > 1))
                    || (level.contains("+") && level.length() > 1);
            if (misplaced) {
                throw new IllegalArgumentException("a wildcard fills a level, and # is the last: " + levels);
            }
        }
    }

    static TopicFilter parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a filter must not be empty");
        }
        if (!text.startsWith(SHARE)) {
            return new TopicFilter(null, List.of(text.split("/", -1)));
        }
        String[] groupAndFilter = text.substring(SHARE.length()).split("/", 2);
        if (groupAndFilter.length < 2 || groupAndFilter[0].isEmpty() || groupAndFilter[1].isEmpty()) {
            throw new IllegalArgumentException("a shared filter is $share/GROUP/FILTER: " + text);
        }
        return new TopicFilter(groupAndFilter[0], List.of(groupAndFilter[1].split("/", -1)));
    }

    boolean isShared() {
        return group != null;
    }

    boolean matches(String topic) {
        String[] parts = topic.split("/", -1);
        String first = levels.get(0);
        if (topic.startsWith("$") && (first.equals("+") || first.equals("#"))) {
            return false;
        }
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.equals("#")) {
                return true;
            }
            if (i >= parts.length) {
                return false;
            }
            if (!level.equals("+") && !level.equals(parts[i])) {
                return false;
            }
        }
        return levels.size() == parts.length;
    }
}

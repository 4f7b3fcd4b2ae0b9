package io.p2pfaas.node.call;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic made of what a {@link TopicPattern} matched: <code>{1}</code> is what the first {@code +} stands for, a level
 * <code>{#}</code> what {@code #} does.
 */
public record TopicTemplate(List<String> levels) {
    private static final String REST = "{#}";
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    public TopicTemplate {
        levels = List.copyOf(levels);
    }

    /**
     * Reads a template.
     *
     * @param source whose wildcards it may name
     * @throws IllegalArgumentException with the reason, if it can make no topic of what {@code source} matches
     */
    public static TopicTemplate of(String text, TopicPattern source) {
        TopicTemplate template = new TopicTemplate(List.of(text.split("/", -1)));
        for (String level : template.levels) {
            require(level, source);
        }
        return template;
    }

    private static void require(String level, TopicPattern source) {
        if (level.equals(REST)) {
            if (!source.hasRest()) {
                throw new IllegalArgumentException("{#} stands for nothing: " + source + " has no #");
            }
            return;
        }
        if (level.indexOf('+') >= 0 || level.indexOf('#') >= 0) {
            throw new IllegalArgumentException("level '" + level + "' has a wildcard; a topic has none");
        }
        Matcher place = PLACE.matcher(level);
        while (place.find()) {
            int known = source.singles();
            if (!place.group(1).matches("[1-9]\\d?") || Integer.parseInt(place.group(1)) > known) {
                throw new IllegalArgumentException(
                        place.group() + " stands for nothing: " + source + " has " + known + " times +");
            }
        }
        if (PLACE.matcher(level).replaceAll("").matches(".*[{}].*")) {
            throw new IllegalArgumentException("level '" + level + "' has a brace of its own");
        }
    }

    /** The topic for what {@link TopicPattern#match} found; levels of {@code #} that are not there are left out. */
    public String fill(List<String> wildcards) {
        List<String> topic = new ArrayList<>();
        for (String level : levels) {
            if (!level.equals(REST)) {
                topic.add(PLACE.matcher(level)
                        .replaceAll(place ->
                                Matcher.quoteReplacement(wildcards.get(Integer.parseInt(place.group(1)) - 1))));
            } else if (!wildcards.get(wildcards.size() - 1).isEmpty()) {
                topic.add(wildcards.get(wildcards.size() - 1));
            }
        }
        return String.join("/", topic);
    }

    /** Whether some topic that it makes matches {@code filter}. */
    public boolean mayMatch(TopicPattern filter) {
        for (int i = 0; i < filter.levels().size(); i++) {
            String wanted = filter.levels().get(i);
            if (wanted.equals("#")) {
                return true;
            }
            if (i >= levels.size()) {
                return false;
            }
            if (levels.get(i).equals(REST)) {
                // It may stand for any number of levels: refused rather than reasoned about.
                return true;
            }
            if (!wanted.equals("+") && !mayBe(levels.get(i), wanted)) {
                return false;
            }
        }
        int count = filter.levels().size();
        return levels.size() == count
                || levels.subList(count, levels.size()).stream().allMatch(REST::equals);
    }

    /** Literal parts in their order, and anything between them; a regular expression of many places could take for ever. */
    private static boolean mayBe(String level, String wanted) {
        String[] parts = PLACE.split(level, -1);
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return wanted.equals(last);
        }
        int at = 0;
        for (int i = 0; i < parts.length - 1; i++) {
            int found = i == 0 && !wanted.startsWith(parts[0]) ? -1 : wanted.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return wanted.length() - last.length() >= at && wanted.endsWith(last);
    }

    @Override
    public String toString() {
        return String.join("/", levels);
    }
}

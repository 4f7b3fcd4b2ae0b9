package io.p2pfaas.node.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the {@link SettingsTable}: what there is to set, and in which words it is set and explained.
 *
 * @param <T> what a value becomes
 */
public final class Setting<T> {
    /** How often a setting may be given, and how it is written. */
    public enum Shape {
        /** One value. */
        SINGLE,
        /** A flag without value; {@code true} or {@code false} in the file and the environment. */
        SWITCH,
        /** Several values: a repeated flag, a list in the file, separated by commas in the environment. */
        LIST,
        /** Several {@code NAME=SPEC}: a repeated flag, a map in the file, separated by commas in the environment. */
        MAP
    }

    private static final String VARIABLE_PREFIX = "P2PFAAS_";
    private static final int SHOWN_LENGTH = 200;
    private static final Pattern AFTER_SLASHES = Pattern.compile("//\\S*");

    private final String key;
    private final Shape shape;
    private final ValueKind<T> kind;
    private final String description;
    private final String defaultValue;
    private final String defaultText;
    private final String example;
    private final String flag;
    private final String shortKey;
    private final String otherVariable;
    private final boolean secret;

    private Setting(Builder<T> builder) {
        key = builder.key;
        shape = builder.shape;
        kind = builder.kind;
        description = builder.description;
        defaultValue = builder.defaultValue;
        defaultText = builder.defaultText.isEmpty() ? builder.defaultValue : builder.defaultText;
        example = builder.example.isEmpty() ? builder.defaultValue : builder.example;
        flag = builder.flag.isEmpty() ? "--" + key.replace('.', '-') : builder.flag;
        shortKey = builder.shortKey;
        otherVariable = builder.otherVariable;
        secret = builder.secret;
    }

    /** The name of the setting in files and messages, dotted and kebab-case. */
    public String key() {
        return key;
    }

    public Shape shape() {
        return shape;
    }

    /** The flag on the command line, with its dashes. */
    public String flag() {
        return flag;
    }

    /** The environment variable to recommend. */
    public String variable() {
        return variableOf(key);
    }

    /** All environment variables that are read, the recommended one first. */
    public List<String> variables() {
        if (!shortKey.isEmpty()) {
            return List.of(variable(), variableOf(shortKey));
        }
        return otherVariable.isEmpty() ? List.of(variable()) : List.of(variable(), otherVariable);
    }

    /** A word for the value in usage texts; empty for a {@link Shape#SWITCH}. */
    public String placeholder() {
        return shape == Shape.SWITCH ? "" : kind.placeholder();
    }

    /** What the setting is for, in half a sentence. */
    public String description() {
        return description;
    }

    /** The default as a user should read it; a word in parentheses where the node works it out. */
    public String defaultText() {
        return defaultText;
    }

    /** What is allowed, to follow "allowed is". */
    public String allowed() {
        return kind.allowed();
    }

    /** A value that could be given. */
    public String example() {
        return example;
    }

    /** Whether values must never be shown. */
    public boolean secret() {
        return secret;
    }

    /** What {@link #parse} makes the default of; empty if there is none. */
    String defaultValue() {
        return defaultValue;
    }

    /** A second name in files, where the setting's group can be written as a single value; else empty. */
    String shortKey() {
        return shortKey;
    }

    T parse(String text) {
        return kind.parse(text);
    }

    /** A value as it may be shown: secrets hidden, also those that somebody put into a URL, and one line at most. */
    String shown(String value) {
        if (secret) {
            return Secret.HIDDEN;
        }
        String open =
                AFTER_SLASHES.matcher(value).replaceAll(Setting::withoutUser).replaceAll("\\p{Cntrl}", "?");
        return open.length() <= SHOWN_LENGTH ? open : open.substring(0, SHOWN_LENGTH) + "...";
    }

    /** Looks for the @ here, not by the pattern, which would look for it again from each slash. */
    private static String withoutUser(MatchResult place) {
        int at = place.group().lastIndexOf('@');
        return Matcher.quoteReplacement(
                at < 0 ? place.group() : "//" + Secret.HIDDEN + place.group().substring(at));
    }

    @Override
    public String toString() {
        return key;
    }

    private static String variableOf(String key) {
        return VARIABLE_PREFIX.concat(
                key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }

    static <T> Builder<T> of(String key, ValueKind<T> kind, String description) {
        return new Builder<>(key, kind, description);
    }

    /** Fills in one line of the table. */
    static final class Builder<T> {
        private final String key;
        private final ValueKind<T> kind;
        private final String description;
        private Shape shape = Shape.SINGLE;
        private String defaultValue = "";
        private String defaultText = "";
        private String example = "";
        private String flag = "";
        private String shortKey = "";
        private String otherVariable = "";
        private boolean secret;

        private Builder(String key, ValueKind<T> kind, String description) {
            this.key = key;
            this.kind = kind;
            this.description = description;
        }

        Builder<T> shape(Shape newShape) {
            shape = newShape;
            return this;
        }

        Builder<T> defaultsTo(String value) {
            defaultValue = value;
            return this;
        }

        /** For defaults that are not in the table: the words that describe them. */
        Builder<T> defaultText(String text) {
            defaultText = text;
            return this;
        }

        Builder<T> example(String value) {
            example = value;
            return this;
        }

        Builder<T> flag(String name) {
            flag = name;
            return this;
        }

        Builder<T> shortKey(String name) {
            shortKey = name;
            return this;
        }

        Builder<T> otherVariable(String name) {
            otherVariable = name;
            return this;
        }

        Builder<T> secret() {
            secret = true;
            return this;
        }

        Setting<T> done() {
            return new Setting<>(this);
        }
    }
}

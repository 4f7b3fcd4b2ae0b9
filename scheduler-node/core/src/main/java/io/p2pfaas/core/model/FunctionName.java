package io.p2pfaas.core.model;

/** The name under which a function is deployed and called. A full topic level and a URL path segment. */
public record FunctionName(String value) implements Comparable<FunctionName> {
    private static final int MAX_LENGTH = 64;

    public FunctionName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("function name must be 1 to 64 characters of A-Z a-z 0-9 . _ -"
                    + " with a letter or digit first, but was '" + value + "'");
        }
    }

    /** Whether {@code text} may be a function name. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        char first = text.charAt(0);
        if (first == '.' || first == '-' || first == '_') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!NodeId.isIdCharacter(c) && c != '.') {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(FunctionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.p2pfaas.core.model;

/**
 * The name of a node, unique in its cluster. It is a full level of MQTT topics, so that one ACL line per role is
 * enough; hence the narrow alphabet.
 */
public record NodeId(String value) implements Comparable<NodeId> {
    private static final int MAX_LENGTH = 64;

    public NodeId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "node id must be 1 to 64 characters of A-Z a-z 0-9 _ - but was '" + value + "'");
        }
    }

    /** Whether {@code text} may be a node id. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isIdCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isIdCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

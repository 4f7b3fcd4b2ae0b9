package io.p2pfaas.node.config;

/** A password or token. Shows itself only to those who ask for it; logs and messages see {@code ***}. */
public final class Secret {
    /** What is printed in place of a secret. */
    static final String HIDDEN = "***";

    private final String value;

    public Secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        this.value = value;
    }

    /** The secret itself, for the one place that must present it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}

package io.p2pfaas.core.learn;

import java.util.Arrays;

/** What the learner is told of the world at a decision: a few whole numbers. */
public final class State {
    /** Numbers that a state may have: a task type, and running and queued of 127 types. */
    public static final int MAX_NUMBERS = 255;

    private static final double LARGEST = 1e9;
    private static final String ALLOWED =
            "1 to " + MAX_NUMBERS + " numbers from -1e9 to 1e9 with commas between, for example 0,1,0";

    private final int[] numbers;

    private State(int[] numbers) {
        this.numbers = numbers;
    }

    /** The state of these numbers. */
    public static State of(int... numbers) {
        if (numbers.length == 0 || numbers.length > MAX_NUMBERS) {
            throw new IllegalArgumentException("a state has " + numbers.length + " numbers; allowed is " + ALLOWED);
        }
        return new State(numbers.clone());
    }

    /**
     * Reads {@code 0,1,0} or {@code 0.000000,1.000000,0.000000}; as with P2PFaaS, what is behind the point is cut off.
     *
     * @throws IllegalArgumentException if the text says something else; the message says what is allowed
     */
    public static State parse(String text) {
        String[] parts = text.split(",", MAX_NUMBERS + 1);
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = number(parts[i]);
        }
        return of(numbers);
    }

    private static int number(String part) {
        try {
            double value = Double.parseDouble(part.trim());
            if (Math.abs(value) <= LARGEST) {
                return (int) value;
            }
        } catch (NumberFormatException ignored) {
            // Answered below together with numbers that are too large: the user needs the same sentence.
        }
        throw new IllegalArgumentException("a state has the number '" + part + "'; allowed is " + ALLOWED);
    }

    /** How many numbers it has. */
    public int size() {
        return numbers.length;
    }

    /** One of its numbers. */
    public int get(int index) {
        return numbers[index];
    }

    /** The numbers with {@code between} between them. */
    String joined(String between) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.length; i++) {
            text.append(i > 0 ? between : "").append(numbers[i]);
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State state && Arrays.equals(numbers, state.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    /** For example {@code 0,1,0}. */
    @Override
    public String toString() {
        return joined(",");
    }
}

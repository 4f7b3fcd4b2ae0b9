package io.p2pfaas.core.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Something that reads what comes from outside.
 *
 * @param maxBytes what its callers let through at most; longer inputs are cut off
 * @param refusals what it may throw for inputs that it does not take; anything else is a finding
 * @param reading fails with an {@link AssertionError} if what it was read as cannot be
 */
public record Parser(String name, int maxBytes, List<Class<?>> refusals, Reading reading) {
    /** Reads one input. */
    @FunctionalInterface
    public interface Reading {
        void read(byte[] input) throws Exception;
    }

    /** Reads one text. */
    @FunctionalInterface
    public interface TextReading {
        void read(String input) throws Exception;
    }

    public Parser {
        refusals = List.copyOf(refusals);
    }

    /** A parser of bytes. */
    public static Parser of(String name, int maxBytes, Reading reading, Class<?>... refusals) {
        return new Parser(name, maxBytes, List.of(refusals), reading);
    }

    /** A parser of texts in UTF-8; what is none is replaced, as by all who read such texts. */
    public static Parser ofText(String name, int maxBytes, TextReading reading, Class<?>... refusals) {
        return of(name, maxBytes, input -> reading.read(new String(input, StandardCharsets.UTF_8)), refusals);
    }

    /** Fails if a parser made of its input what cannot be. */
    public static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** True if the input was taken, false if it was refused as it may be. */
    boolean takes(byte[] input) throws Exception {
        try {
            reading.read(input);
            return true;
        } catch (Exception thrown) {
            if (refusals.stream().noneMatch(allowed -> allowed.isInstance(thrown))) {
                throw thrown;
            }
            String message = thrown.getMessage();
            if (message == null || message.isBlank()) {
                throw new AssertionError("refused without a word why", thrown);
            }
            return false;
        }
    }
}

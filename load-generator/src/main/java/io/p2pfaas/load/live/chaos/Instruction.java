package io.p2pfaas.load.live.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a call: who it is, and what the function is to do. In the body, because a 3.1.1 message has room for
 * nothing else.
 *
 * @param call its id, unique in the run
 * @param millis how long the function takes
 */
record Instruction(String call, Deed deed, int millis) {
    private static final Pattern TEXT = Pattern.compile("([a-z0-9-]{1,64}) ([A-Z]{1,10}) ([0-9]{1,9})");

    /** What a function does after its time. */
    enum Deed {
        /** Answers with the body. */
        ECHO,
        /** Answers with status 500. */
        FAIL,
        /** Closes the connection without an answer. */
        CRASH
    }

    String text() {
        return call + " " + deed + " " + millis;
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(text().getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws IllegalArgumentException if it is not what {@link #text} makes */
    static Instruction parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an instruction: '" + text + "'; expected ID DEED MILLIS");
        }
        return new Instruction(matcher.group(1), Deed.valueOf(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }
}

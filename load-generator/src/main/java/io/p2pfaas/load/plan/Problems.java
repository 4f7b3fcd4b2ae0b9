package io.p2pfaas.load.plan;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that one message can tell all of it. One thread. */
final class Problems {
    private final List<String> texts = new ArrayList<>();

    /**
     * One more.
     *
     * @param what is wrong, with the value found
     * @param allowed instead; may be empty
     * @param example of what could be written; may be empty
     */
    void add(String place, String key, String what, String allowed, String example) {
        texts.add(place + ": " + (key.isEmpty() ? "" : key + ": ") + what
                + (allowed.isEmpty() ? "" : "; allowed is " + allowed)
                + (example.isEmpty() ? "" : "; for example " + example));
    }

    List<String> texts() {
        return List.copyOf(texts);
    }
}

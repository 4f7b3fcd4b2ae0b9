package io.p2pfaas.node.config;

import io.p2pfaas.node.config.Quantities.WholeNumber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration document names; what it does not name stays as it is.
 *
 * @param slots calls that may run at once
 * @param queueLength calls that may wait
 * @param queueEnabled whether calls may wait
 */
public record CapacityChange(Optional<Integer> slots, Optional<Integer> queueLength, Optional<Boolean> queueEnabled) {
    private static final WholeNumber SLOTS = new WholeNumber(1, SettingsTable.MAX_SLOTS);
    private static final WholeNumber QUEUE_LENGTH = new WholeNumber(0, SettingsTable.MAX_QUEUE);
    private static final String EXAMPLE = new CapacitySettings(4, 4).json();

    /** Reads a document. */
    public static CapacityChange read(ByteBuffer json) throws DocumentRefused {
        JsonFields fields = JsonFields.read(
                json,
                List.of(
                        CapacitySettings.SLOTS,
                        CapacitySettings.QUEUE_LENGTH,
                        CapacitySettings.QUEUE_ENABLED,
                        CapacitySettings.RUNNING),
                EXAMPLE);
        Optional<Integer> slots = number(fields, CapacitySettings.SLOTS, SLOTS);
        Optional<Integer> running = number(fields, CapacitySettings.RUNNING, SLOTS);
        if (slots.isPresent() && running.isPresent() && !slots.equals(running)) {
            throw new DocumentRefused(
                    CapacitySettings.RUNNING,
                    "is " + running.get() + " while " + CapacitySettings.SLOTS + " is " + slots.get(),
                    "one of the two, or the same value for both");
        }
        return new CapacityChange(
                slots.or(() -> running),
                number(fields, CapacitySettings.QUEUE_LENGTH, QUEUE_LENGTH),
                fields.has(CapacitySettings.QUEUE_ENABLED)
                        ? Optional.of(fields.truth(CapacitySettings.QUEUE_ENABLED))
                        : Optional.empty());
    }

    private static Optional<Integer> number(JsonFields fields, String name, WholeNumber kind) throws DocumentRefused {
        return fields.has(name) ? Optional.of(fields.number(name, kind)) : Optional.empty();
    }

    /** The capacity with what this names. */
    public CapacitySettings in(CapacitySettings capacity) {
        return new CapacitySettings(
                slots.orElse(capacity.slots()),
                queueLength.orElse(capacity.queueLength()),
                queueEnabled.orElse(capacity.queueEnabled()));
    }
}

package io.p2pfaas.node.config;

import io.p2pfaas.node.call.Allowance;
import io.p2pfaas.node.call.TopicMapping;
import io.p2pfaas.node.config.Quantities.WholeNumber;
import io.p2pfaas.node.config.Setting.Shape;
import java.util.List;
import java.util.Optional;

/** The part of the {@link SettingsTable} that is about devices and their topics. */
final class DeviceTable {
    static final Setting<TopicMapping> MAPPINGS = Setting.of(
                    "mappings", new DeviceWords.Mapping(), "topics of yours whose messages are calls of a function")
            .shape(Shape.LIST)
            .flag("--mapping")
            .defaultText("(none)")
            .example("topic=sensors/+/raw function=resize to=sensors/{1}/small errors=sensors/{1}/error")
            .done();
    static final Setting<Optional<Allowance>> RATE = Setting.of(
                    "device.rate",
                    new DeviceWords.Pace(),
                    "calls of one device over MQTT that this node takes; 0 = all")
            .defaultsTo("0")
            .example("5/s")
            .done();
    static final Setting<Integer> BURST = Setting.of(
                    "device.burst",
                    new WholeNumber(0, 1_000_000),
                    "calls within device.rate that may come at once; 0 = as many as its number")
            .defaultsTo("0")
            .example("10")
            .done();
    static final Setting<Optional<Allowance>> QUOTA = Setting.of(
                    "device.quota",
                    new DeviceWords.Pace(),
                    "calls of one device in a longer time that this node takes; 0 = all")
            .defaultsTo("0")
            .example("1000/d")
            .done();
    static final Setting<Integer> MAX_IN_FLIGHT = Setting.of(
                    "device.max-in-flight",
                    new WholeNumber(0, 1_000_000),
                    "calls of one device over MQTT that have not ended; 0 = any number")
            .defaultsTo("0")
            .example("4")
            .done();

    static final Setting<Integer> FN_CALLERS = Setting.of(
                    "device.fn-callers",
                    new WholeNumber(1, 1_000_000),
                    "all callers on fn/ together may use so many times what one device may")
            .defaultsTo("100")
            .example("1000")
            .done();

    static final List<Setting<?>> ALL = List.of(MAPPINGS, RATE, BURST, QUOTA, MAX_IN_FLIGHT, FN_CALLERS);

    private DeviceTable() {}
}

package io.p2pfaas.node.config;

import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.TopicMapping;
import io.p2pfaas.node.call.TopicPattern;
import io.p2pfaas.node.call.TopicTemplate;
import io.p2pfaas.node.config.GivenReader.Read;
import java.util.List;
import java.util.stream.Stream;

/** Builds the settings of devices, and looks for mappings that would call each other or themselves. */
final class DeviceReader {
    private final GivenValues given;
    private final GivenReader reader;

    DeviceReader(GivenValues given, GivenReader reader) {
        this.given = given;
        this.reader = reader;
    }

    DeviceSettings read(String root) {
        return new DeviceSettings(mappings(root), limit(), reader.value(DeviceTable.FN_CALLERS));
    }

    private CallerLimit limit() {
        return reader.limit(
                DeviceTable.RATE,
                DeviceTable.BURST,
                reader.value(DeviceTable.QUOTA),
                reader.value(DeviceTable.MAX_IN_FLIGHT));
    }

    private List<TopicMapping> mappings(String root) {
        List<Read<TopicMapping>> all = reader.read(DeviceTable.MAPPINGS, given.strongest(DeviceTable.MAPPINGS));
        boolean isRootSound = reader.isSound(SettingsTable.BROKER_ROOT);
        for (int i = 0; i < all.size(); i++) {
            Read<TopicMapping> mapping = all.get(i);
            if (isRootSound) {
                requireOutside(root, mapping);
            }
            for (Read<TopicMapping> before : all.subList(0, i)) {
                TopicPattern other = before.value().topic();
                if (mapping.value().topic().overlaps(other)) {
                    add(
                            mapping,
                            "a topic may match it and " + other + " too, and then nobody could tell which is meant");
                }
            }
            all.forEach(target -> requireNoLoop(mapping, target.value().topic()));
        }
        return all.stream().map(Read::value).toList();
    }

    private void requireOutside(String root, Read<TopicMapping> mapping) {
        TopicPattern topic = mapping.value().topic();
        if (Topics.reachesBelow(root, topic.toString())) {
            add(mapping, "topic " + topic + " reaches the topics below broker.root = " + root);
        }
        TopicPattern below = TopicPattern.of(root + "/#");
        outputs(mapping)
                .filter(output -> output.mayMatch(below))
                .forEach(output -> add(mapping, output + " reaches the topics below broker.root = " + root));
    }

    private void requireNoLoop(Read<TopicMapping> mapping, TopicPattern target) {
        outputs(mapping)
                .filter(output -> output.mayMatch(target))
                .forEach(output -> add(
                        mapping,
                        "a loop: what is published to " + output + " may match " + target + " and be a call again"));
    }

    private static Stream<TopicTemplate> outputs(Read<TopicMapping> mapping) {
        return Stream.concat(mapping.value().to().stream(), mapping.value().errors().stream());
    }

    private void add(Read<TopicMapping> mapping, String reason) {
        reader.add(DeviceTable.MAPPINGS, mapping.given(), reason);
    }
}

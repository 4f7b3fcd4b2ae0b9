package io.p2pfaas.node.config;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.model.DurationText;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.node.call.TopicMapping;
import io.p2pfaas.node.call.TopicPattern;
import java.time.Duration;
import java.util.List;

/** Values that are read from a text of their own: of flags, settings, definitions and header fields. */
public final class ValueParsers {
    private static final int MAX_TEXT = 64 * 1024;
    private static final PolicyCatalogue CATALOGUE = PolicyCatalogue.standard();

    private ValueParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                of("duration", ValueParsers::duration),
                of("policy", ValueParsers::policy),
                of("parameters", LearnerParameters::parse),
                of("listen", ValueParsers::listen),
                of("broker", text -> new Addresses.Broker().parse(text)),
                of("callback", text -> new Addresses.Callback().parse(text)),
                of("function", text -> new FunctionText().parse(text)),
                of("size", text -> new Quantities.ByteSize("1B", "1024GiB").parse(text)),
                of("root", text -> new Topics.Root().parse(text)),
                of("filter", text -> Topics.reachesBelow("p2pfaas", new Topics.Filter().parse(text))),
                of("host-name", HostName::toNodeId),
                of("mapping", ValueParsers::mapping),
                of("pace", text -> new DeviceWords.Pace().parse(text)));
    }

    private static Parser of(String name, Parser.TextReading reading) {
        return Parser.ofText(name, MAX_TEXT, reading, IllegalArgumentException.class);
    }

    private static void duration(String text) {
        Duration duration = DurationText.parse(text);
        Duration same = DurationText.parse(DurationText.of(duration));
        require(duration.equals(same), "written and read again it is " + same + " rather than " + duration);
    }

    private static void policy(String text) {
        PolicySpec spec = PolicySpec.parse(text);
        PolicySpec same = PolicySpec.parse(spec.toString());
        CATALOGUE.create(spec);
        require(spec.equals(same), "written and read again it is " + same + " rather than " + spec);
    }

    private static void mapping(String text) {
        TopicMapping mapping = new DeviceWords.Mapping().parse(text);
        TopicPattern topic = mapping.topic();
        require(topic.overlaps(topic), "a filter does not overlap itself: " + topic);
        List<String> found = topic.match("a/" + topic.toString().replace('+', 'x'));
        mapping.to().ifPresent(to -> {
            to.mayMatch(topic);
            if (found != null) {
                to.fill(found);
            }
        });
    }

    private static void listen(String text) {
        HostPort address = HostPort.parse(text);
        require(address.equals(HostPort.parse(address.toString())), "written it is another: " + address);
    }
}

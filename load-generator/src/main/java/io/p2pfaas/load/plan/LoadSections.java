package io.p2pfaas.load.plan;

import io.p2pfaas.load.plan.Experiment.ClientSpec;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Experiment.Via;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what calls carry, and who calls. */
final class LoadSections {
    private static final int MAX_BODY_BYTES = 64 << 20;
    private static final ValueKind<Double> WEIGHT = ValueKind.above(0, 1e9);

    private LoadSections() {}

    static List<PayloadSpec> payloads(Section experiment) {
        List<PayloadSpec> payloads = new ArrayList<>();
        for (Section section : experiment.sections("payloads", "payloads: [{name: small, bytes: 100}]")) {
            String name = section.value(
                    "name",
                    ValueKind.text("[A-Za-z0-9._-]{1,64}", "1 to 64 characters of A-Z a-z 0-9 . _ -"),
                    "payload" + (payloads.size() + 1),
                    "small");
            Duration deadline = section.has("deadline")
                    ? section.value("deadline", ValueKind.duration("1ms", "1h"), Duration.ofSeconds(1), "300ms")
                    : null;
            if (payloads.stream().anyMatch(other -> other.name().equals(name))) {
                section.problem("name", "the payload " + name + " is there twice", "each name once", "");
            }
            payloads.add(new PayloadSpec(
                    name,
                    section.value("bytes", ValueKind.whole(0, MAX_BODY_BYTES), 100, "100"),
                    section.value("weight", WEIGHT, 1.0, "1"),
                    deadline));
            section.end();
        }
        return payloads.isEmpty() ? List.of(new PayloadSpec("default", 100, 1, null)) : payloads;
    }

    static List<ClientSpec> clients(Section experiment) {
        List<ClientSpec> clients = new ArrayList<>();
        for (Section section : experiment.sections("clients", "clients: [{via: http, share: 1}]")) {
            Via via = section.required("via", ValueKind.word(List.of("http", "mqtt5", "mqtt311")), "http", "mqtt5")
                    .transform(word -> Via.valueOf(word.toUpperCase(Locale.ROOT)));
            if (via == Via.HTTP && section.has("devices")) {
                section.problem("devices", "HTTP clients are no devices", "devices for mqtt5 and mqtt311 only", "");
            }
            int devices = section.value("devices", ValueKind.whole(1, 10_000), 10, "20");
            if (clients.stream().anyMatch(other -> other.via() == via)) {
                section.problem("via", "this kind of client is there twice", "each kind once", "");
            }
            clients.add(new ClientSpec(via, section.value("share", WEIGHT, 1.0, "0.5"), via == Via.HTTP ? 0 : devices));
            section.end();
        }
        return clients.isEmpty() ? List.of(new ClientSpec(Via.HTTP, 1, 0)) : clients;
    }
}

package io.p2pfaas.node.config;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.node.call.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** JSON by which a node is changed while it runs, and in which it keeps that. */
public final class DocumentParsers {
    /** Weights are read from the data folder, where nobody else writes. */
    private static final int MAX_WEIGHTS = 256 * 1024;

    private static final PolicyCatalogue CATALOGUE = PolicyCatalogue.standard();
    private static final MachineSettings MACHINE = new MachineSettings("10.0.0.1", "n1", "", List.of());

    private DocumentParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                of("capacity", CapacityChange::read),
                of("scheduler", DocumentParsers::scheduler),
                of("shadow", json -> ShadowDocument.read(json, CATALOGUE)),
                of("machine", DocumentParsers::machine),
                of("learner", json -> LearnerText.change(LearnerParameters.DEFAULT, json)),
                of("learner-kept", json -> LearnerText.readKept(LearnerParameters.DEFAULT, json)),
                of("experiences", json -> LearnerText.experiences(json, new ArrayList<>()::add)),
                Parser.ofText(
                        "weights",
                        MAX_WEIGHTS,
                        text -> WeightsText.read(WeightsText.kept(WeightsText.read(text))),
                        IOException.class,
                        IllegalArgumentException.class));
    }

    @FunctionalInterface
    private interface Reader {
        void read(ByteBuffer json) throws DocumentRefused;
    }

    private static Parser of(String name, Reader reader) {
        return Parser.of(
                name,
                Document.MAX_BYTES,
                input -> reader.read(ByteBuffer.wrap(input).asReadOnlyBuffer()),
                DocumentRefused.class);
    }

    private static void scheduler(ByteBuffer json) throws DocumentRefused {
        PolicySpec spec = SchedulerDocument.read(json, CATALOGUE).spec();
        PolicySpec same = SchedulerDocument.read(utf8(SchedulerDocument.json(spec)), CATALOGUE)
                .spec();
        require(spec.equals(same), "written and read again it is " + same + " rather than " + spec);
    }

    private static void machine(ByteBuffer json) throws DocumentRefused {
        MachineSettings machine = MACHINE.with(json);
        MachineSettings same = MACHINE.with(utf8(machine.json()));
        require(machine.equals(same), "written and read again it is " + same + " rather than " + machine);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.p2pfaas.load.plan;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import io.p2pfaas.core.policy.PolicyCatalogue;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Experiment files and the files and words that belong to them. */
public final class PlanParsers {
    private static final int MAX_TEXT = 256 * 1024;
    private static final Path NOWHERE = Path.of("/nonexistent");

    private PlanParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                Parser.ofText("experiment", MAX_TEXT, PlanParsers::experiment, InvalidExperiment.class),
                Parser.ofText("override", MAX_TEXT, PlanParsers::override, InvalidExperiment.class),
                of("gate", GateText::parse),
                of("filter", PointFilter::parse),
                of("duration", PlanParsers::duration),
                of("header", HeaderField::parse),
                of("trace", text -> TraceText.parse("trace", text)),
                of("azure", text -> AzureTrace.busiest("trace", new BufferedReader(new StringReader(text)), 10)));
    }

    private static Parser of(String name, Parser.TextReading reading) {
        return Parser.ofText(name, MAX_TEXT, reading, IllegalArgumentException.class);
    }

    private static void experiment(String text) throws InvalidExperiment {
        ExperimentFile.flat(text);
        ExperimentFile.parse("x.yaml", text, NOWHERE, List.of(), PolicyCatalogue.standard());
    }

    private static void override(String text) throws InvalidExperiment {
        String file = "cluster: {launch: 2, slots: 1}\ngrid: {scheduler: [BrokerMatch], rho: [0.5]}\n";
        ExperimentFile once = ExperimentFile.parse("x.yaml", file, NOWHERE, List.of(text), PolicyCatalogue.standard());
        ExperimentFile again =
                ExperimentFile.parse("x.yaml", once.text(), NOWHERE, List.of(), PolicyCatalogue.standard());
        require(again.experiment().equals(once.experiment()), "the file that says the same says something else");
    }

    private static void duration(String text) {
        Duration duration = TimeText.parse(text);
        TimeText.of(duration);
    }
}

package io.p2pfaas.load.cli;

import io.p2pfaas.load.arrivals.LoadTrace;
import io.p2pfaas.load.plan.AzureTrace;
import io.p2pfaas.load.plan.TraceText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab trace import}: recorded loads from elsewhere to files that experiments replay. */
@Command(
        name = "import",
        sortOptions = false,
        description = {
            "Makes files load0.csv, load1.csv and so on, one for each node, with lines index,load and loads from 0 to 1.",
            "  p2pfaas  traffic files of P2PFaaS, one for each node in the order given: checked and numbered",
            "  azure    a file of invocations per minute of the Azure Functions trace of 2019 (HashOwner, HashApp,"
                    + " HashFunction, Trigger, 1, ..., 1440): its busiest functions, or those that are named, one for each"
                    + " node"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:the files could not be written", "2:bad usage or a bad file"})
final class TraceImport implements Callable<Integer> {
    private enum Format {
        p2pfaas,
        azure
    }

    private enum Scale {
        all,
        each
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to import.")
    private List<Path> files = List.of();

    @Option(names = "--format", required = true, description = "One of ${COMPLETION-CANDIDATES}.")
    private Format format = Format.p2pfaas;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the files; made if missing.")
    private Path out = Path.of("");

    /** Which rows of an Azure file; none means the eight busiest. */
    private static final class Rows {
        @Option(
                names = "--top",
                paramLabel = "N",
                description = "azure: the N functions with the most invocations (8).")
        private int top = 8;

        @Option(
                names = "--function",
                split = ",",
                paramLabel = "HASH",
                description = "azure: functions whose HashFunction begins so, in this order.")
        private List<String> functions = List.of();
    }

    @ArgGroup
    private Rows rows = new Rows();

    @Option(
            names = "--scale",
            defaultValue = "all",
            description = "azure: load 1 is the busiest minute of all functions (all), or of each by itself (each)"
                    + " (${DEFAULT-VALUE}).")
    private Scale scale = Scale.all;

    @Override
    public Integer call() throws IOException {
        List<String> texts;
        PrintWriter terminal = spec.commandLine().getOut();
        try {
            texts = format == Format.azure ? azure(terminal) : p2pfaas();
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()), invalid);
        }
        if (isUsed()) {
            throw new ParameterException(
                    spec.commandLine(), out + " has files load*.csv already; choose another folder with --out");
        }
        Files.createDirectories(out);
        for (int node = 0; node < texts.size(); node++) {
            Files.writeString(out.resolve("load" + node + ".csv"), texts.get(node));
        }
        terminal.println(texts.size() + " files in " + out + "; in an experiment beside that folder:");
        terminal.println("arrivals: {law: replay, files: '" + out.getFileName() + "/load{node}.csv'}");
        terminal.flush();
        return 0;
    }

    private boolean isUsed() throws IOException {
        if (!Files.isDirectory(out)) {
            return false;
        }
        try (Stream<Path> there = Files.list(out)) {
            return there.anyMatch(path -> path.getFileName().toString().matches("load[0-9]+\\.csv"));
        }
    }

    private List<String> p2pfaas() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            LoadTrace trace;
            try {
                trace = TraceText.parse(file.toString(), Files.readString(file));
            } catch (NoSuchFileException | CharacterCodingException unreadable) {
                throw new IllegalArgumentException("cannot read " + file + " as text", unreadable);
            }
            List<Double> loads = new ArrayList<>();
            for (int i = 0; i < trace.size(); i++) {
                loads.add(trace.at((double) i / trace.size()));
            }
            texts.add(TraceText.of(loads));
        }
        return texts;
    }

    private List<String> azure(PrintWriter terminal) throws IOException {
        if (files.size() != 1) {
            throw new IllegalArgumentException("one azure file at a time, found " + files.size());
        }
        Path file = files.get(0);
        List<AzureTrace.Row> picked;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            picked = rows.functions.isEmpty()
                    ? AzureTrace.busiest(file.toString(), reader, rows.top)
                    : AzureTrace.named(file.toString(), reader, rows.functions);
        } catch (NoSuchFileException | CharacterCodingException unreadable) {
            throw new IllegalArgumentException("cannot read " + file + " as text", unreadable);
        }
        double peak = picked.stream().mapToDouble(AzureTrace.Row::peak).max().orElse(0);
        List<String> texts = new ArrayList<>();
        for (AzureTrace.Row row : picked) {
            double one = scale == Scale.all ? peak : row.peak();
            texts.add(TraceText.of(Arrays.stream(row.perMinute())
                    .map(count -> one == 0 ? 0 : count / one)
                    .boxed()
                    .toList()));
            terminal.printf(
                    Locale.ROOT,
                    "load%d.csv  %s  %.0f invocations, busiest minute %.0f%n",
                    texts.size() - 1,
                    row.function(),
                    row.total(),
                    row.peak());
        }
        if (scale == Scale.all) {
            terminal.printf(
                    Locale.ROOT,
                    "load 1 is %.0f invocations a minute: with period: %dm and lambda: [%.4f] calls come as recorded%n",
                    peak,
                    picked.get(0).perMinute().length,
                    peak / 60);
        }
        return texts;
    }
}

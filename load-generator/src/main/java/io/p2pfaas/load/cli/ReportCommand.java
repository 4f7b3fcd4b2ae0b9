package io.p2pfaas.load.cli;

import io.p2pfaas.load.report.Report;
import io.p2pfaas.load.report.StoredResults;
import io.p2pfaas.load.report.TheoryCurves;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab report}: result folders as a page, figures or a table. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "One page with charts and tables from one or more result folders. A simulated and a live folder are laid"
                    + " over each other and compared point by point.",
            "The page is one file: it needs no network and no scripts."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:written", "1:a file could not be read or written", "2:bad usage"})
final class ReportCommand implements Callable<Integer> {
    private static final TheoryCurves THEORY = new LossTheory();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Result folders of lab run.")
    private List<Path> folders = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "The page (report.html in the first folder).")
    private @Nullable Path out;

    @Option(
            names = "--figures",
            paramLabel = "DIR",
            description = "Also write each figure as SVG, PNG and CSV into this folder.")
    private @Nullable Path figures;

    @Option(names = "--text", description = "Print a table instead of writing a page.")
    private boolean text;

    @Option(
            names = "--x",
            paramLabel = "SETTING",
            defaultValue = "",
            description = "The setting along the charts (rho or lambda if it varies, else the first one of numbers that"
                    + " does).")
    private String x = "";

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        try {
            List<StoredResults> read = new ArrayList<>();
            for (Path folder : folders) {
                read.add(StoredResults.read(folder));
            }
            Report report = Report.of(read, THEORY, x);
            if (text) {
                terminal.print(report.text());
            } else {
                read.forEach(folder -> folder.notes()
                        .forEach(note -> spec.commandLine().getErr().println("note: " + note)));
                Path page = out == null ? folders.get(0).resolve("report.html") : out;
                Files.writeString(page, report.html());
                terminal.println(page);
            }
            if (figures != null) {
                report.writeFigures(figures);
                terminal.println(figures);
            }
            terminal.flush();
            return 0;
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(spec.commandLine(), String.valueOf(unusable.getMessage()), unusable);
        } catch (IOException failed) {
            spec.commandLine().getErr().println("lab report: " + failed.getMessage());
            return 1;
        }
    }
}

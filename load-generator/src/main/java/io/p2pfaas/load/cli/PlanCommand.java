package io.p2pfaas.load.cli;

import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.campaign.PlannedLoad;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.RunSpec;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.TimeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab plan}: what an experiment amounts to before it runs. */
@Command(
        name = "plan",
        sortOptions = false,
        description = "Says what an experiment would run and how long that takes live, and shows the arrivals.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "2:bad usage or experiment"})
final class PlanCommand implements Callable<Integer> {
    private static final int PREVIEW = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ExperimentArgument argument = new ExperimentArgument();

    @Option(
            names = "--point",
            defaultValue = "1",
            paramLabel = "N",
            description = "The point whose arrivals are shown, from 1 (${DEFAULT-VALUE}).")
    private int pointNumber;

    @Option(
            names = "--repetition",
            defaultValue = "1",
            paramLabel = "N",
            description = "The repetition whose arrivals are shown, from 1 (${DEFAULT-VALUE}).")
    private int repetition;

    @Option(
            names = "--arrivals",
            paramLabel = "FILE",
            description = "Write all arrivals of that point and repetition, warm-up included, as CSV.")
    private @Nullable Path arrivals;

    @Override
    public Integer call() throws IOException {
        Experiment experiment = argument.read(spec, List.of()).experiment();
        List<Point> points = experiment.grid().points();
        if (pointNumber < 1 || pointNumber > points.size()) {
            throw new ParameterException(
                    spec.commandLine(), "--point must be from 1 to " + points.size() + ": " + pointNumber);
        }
        if (repetition < 1) {
            throw new ParameterException(spec.commandLine(), "--repetition must be at least 1: " + repetition);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(table(experiment, points));
        duration(experiment, points.size(), out);
        try {
            preview(experiment, points.get(pointNumber - 1), out);
        } catch (IllegalArgumentException tooMany) {
            throw new ParameterException(spec.commandLine(), String.valueOf(tooMany.getMessage()), tooMany);
        }
        out.flush();
        return 0;
    }

    private static String table(Experiment experiment, List<Point> points) {
        List<String> header = new ArrayList<>(List.of("point"));
        experiment.grid().axes().stream().map(Grid.Axis::name).forEach(header::add);
        header.addAll(List.of("nodes", "calls/s", "calls/run"));
        TextTable table = new TextTable(header);
        double seconds = experiment.run().duration().toNanos() / 1e9;
        for (int i = 0; i < points.size(); i++) {
            PlannedLoad load = PlannedLoad.of(experiment, points.get(i));
            double perSecond = load.offeredPerSecond(experiment);
            List<String> row = new ArrayList<>(List.of(Integer.toString(i + 1)));
            row.addAll(points.get(i).settings().values());
            row.addAll(List.of(
                    Integer.toString(load.nodes()),
                    Numbers.fixed(perSecond, 1),
                    Numbers.fixed(perSecond * seconds, 0)));
            table.row(row);
        }
        return table.aligned();
    }

    private static void duration(Experiment experiment, int points, PrintWriter out) {
        RunSpec run = experiment.run();
        Duration one = run.warmup().plus(run.duration());
        String most = run.maxRepetitions() == run.minRepetitions()
                ? ""
                : ", at most " + points * run.maxRepetitions() + " runs and "
                        + hours(one.multipliedBy((long) points * run.maxRepetitions()));
        out.println();
        out.println(points * run.minRepetitions() + " runs of " + TimeText.of(one) + ": "
                + hours(one.multipliedBy((long) points * run.minRepetitions())) + " live" + most
                + "; for each run comes what starting nodes and waiting for the last answers takes (at most "
                + TimeText.of(run.drain()) + ")");
    }

    private static String hours(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d h", duration.toHours(), duration.toMinutesPart());
    }

    private void preview(Experiment experiment, Point point, PrintWriter out) throws IOException {
        PlannedLoad load = PlannedLoad.of(experiment, point);
        out.println();
        out.println("arrivals of point " + pointNumber + " (" + point + "), repetition " + repetition
                + ", in seconds from the start of the warm-up:");
        try (Writer csv = arrivals == null ? Writer.nullWriter() : Files.newBufferedWriter(arrivals)) {
            csv.write("node,call,due_ns\n");
            for (int node = 0; node < load.nodes(); node++) {
                Optional<Schedule> schedule = arrivals == null && node >= PREVIEW
                        ? Optional.empty()
                        : load.schedule(experiment, repetition - 1, node);
                if (node < PREVIEW) {
                    out.println("  n" + (node + 1) + "  "
                            + schedule.map(PlanCommand::firstOf).orElse("none"));
                }
                if (schedule.isPresent()) {
                    write(csv, node, schedule.get());
                }
            }
        }
        if (arrivals != null) {
            out.println("all of them are in " + arrivals);
        } else if (load.nodes() > PREVIEW) {
            out.println("  and " + (load.nodes() - PREVIEW) + " nodes more; --arrivals FILE writes all");
        }
    }

    private static String firstOf(Schedule schedule) {
        StringBuilder text = new StringBuilder();
        for (int call = 0; call < Math.min(PREVIEW, schedule.size()); call++) {
            text.append(String.format(Locale.ROOT, "%.6f  ", schedule.dueNanos(call) / 1e9));
        }
        return text.append("... ").append(schedule.size()).append(" calls").toString();
    }

    private static void write(Writer csv, int node, Schedule schedule) throws IOException {
        for (int call = 0; call < schedule.size(); call++) {
            csv.write("n" + (node + 1) + "," + call + "," + schedule.dueNanos(call) + "\n");
        }
    }
}

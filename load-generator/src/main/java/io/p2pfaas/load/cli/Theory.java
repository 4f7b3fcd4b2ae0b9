package io.p2pfaas.load.cli;

import io.p2pfaas.load.theory.LossQueue;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab theory}: what queueing theory says, for comparison. */
@Command(
        name = "theory",
        sortOptions = false,
        description = {
            "Losses and waits of nodes with K slots and Q places to wait under Poisson arrivals:",
            "  single  nodes that never share (M/M/K/K+Q; Erlang B for Q = 0)",
            "  pooled  all nodes as one: the least that any sharing without delay can lose",
            "Waits are of calls that are not lost, in mean service times. With a queue, service times are exponential;"
                    + " without one the losses hold for all distributions."
        })
final class Theory implements Callable<Integer> {
    private enum Format {
        table,
        csv
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--slots",
            defaultValue = "4",
            paramLabel = "K",
            description = "Slots of a node (${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--queue",
            split = ",",
            defaultValue = "0",
            paramLabel = "Q",
            description = "Places to wait on a node, one or several (${DEFAULT-VALUE}).")
    private List<Integer> queues = List.of();

    @Option(
            names = "--nodes",
            split = ",",
            defaultValue = "8",
            paramLabel = "N",
            description = "Nodes, one number or several (${DEFAULT-VALUE}).")
    private List<Integer> nodes = List.of();

    @Option(
            names = "--rho",
            split = ",",
            required = true,
            paramLabel = "RHO",
            description = "Load per slot, one or several: lambda S / K.")
    private List<Double> rhos = List.of();

    @Option(names = "--format", defaultValue = "table", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Format format = Format.table;

    @Override
    public Integer call() {
        TextTable table = new TextTable(
                List.of("nodes", "slots", "queue", "rho", "single_pB", "single_wait", "pooled_pB", "pooled_wait"));
        try {
            for (int count : nodes) {
                for (int queue : queues) {
                    for (double rho : rhos) {
                        table.row(row(count, queue, rho));
                    }
                }
            }
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()), invalid);
        }
        spec.commandLine().getOut().print(format == Format.csv ? table.csv() : table.aligned());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private List<String> row(int count, int queue, double rho) {
        LossQueue single = LossQueue.single(slots, queue, rho);
        LossQueue pooled = LossQueue.pooled(count, slots, queue, rho);
        return List.of(
                Integer.toString(count),
                Integer.toString(slots),
                Integer.toString(queue),
                Double.toString(rho),
                digits(single.loss()),
                digits(single.meanWait()),
                digits(pooled.loss()),
                digits(pooled.meanWait()));
    }

    private String digits(double value) {
        return format == Format.csv ? String.format(Locale.ROOT, "%.10g", value) : Numbers.share(value);
    }
}

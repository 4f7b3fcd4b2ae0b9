package io.p2pfaas.load.report;

import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.Cell.Repetition;
import io.p2pfaas.load.report.Cell.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The results of one or more folders side by side.
 *
 * @param cells sorted: by settings, then simulated before live
 */
public record Study(List<StoredResults> folders, List<Source> sources, List<Cell> cells) {
    public Study {
        folders = List.copyOf(folders);
        sources = List.copyOf(sources);
        cells = List.copyOf(cells);
    }

    /** All points of all folders. */
    public static Study of(List<StoredResults> folders) {
        List<Source> sources = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        for (RunResult.World world : RunResult.World.values()) {
            List<StoredResults> having = folders.stream()
                    .filter(folder -> folder.runs().all().stream().anyMatch(run -> run.world() == world))
                    .toList();
            for (StoredResults folder : having) {
                String name = world.name().toLowerCase(Locale.ROOT);
                String longer = having.size() == 1 ? name : name + " " + folder.name();
                boolean taken = sources.stream().anyMatch(other -> other.name().equals(longer));
                Source source = new Source(taken ? name + " " + folder.path() : longer, world, folder.experiment());
                sources.add(source);
                add(cells, folder, source);
            }
        }
        List<String> written = writtenSchedulers(folders);
        Comparator<Cell> order = Comparator.comparing(
                        (Cell cell) -> written.indexOf(cell.setting(Grid.SCHEDULER)),
                        Comparator.comparingInt(place -> place < 0 ? Integer.MAX_VALUE : place))
                .thenComparing(cell -> cell.setting(Grid.SCHEDULER));
        for (String axis : axes(cells)) {
            order = order.thenComparing(cell -> cell.setting(axis), SettingValue.ORDER);
        }
        cells.sort(order.thenComparing(cell -> sources.indexOf(cell.source())));
        return new Study(folders, sources, cells);
    }

    private static void add(List<Cell> cells, StoredResults folder, Source source) {
        for (List<RunResult> point : folder.runs().byPoint()) {
            if (point.get(0).world() == source.world()) {
                cells.add(new Cell(
                        source,
                        point.get(0).point(),
                        point.stream().map(Repetition::of).toList()));
            }
        }
    }

    /** The order of the experiment's author says more than the alphabet's. */
    private static List<String> writtenSchedulers(List<StoredResults> folders) {
        Set<String> names = new LinkedHashSet<>();
        folders.stream()
                .map(StoredResults::experiment)
                .filter(Objects::nonNull)
                .flatMap(experiment -> experiment.grid().axes().stream())
                .filter(axis -> axis.name().equals(Grid.SCHEDULER))
                .forEach(axis -> names.addAll(axis.values()));
        return List.copyOf(names);
    }

    private static Set<String> axes(List<Cell> cells) {
        Set<String> axes = new TreeSet<>();
        cells.forEach(cell -> axes.addAll(cell.settings().keySet()));
        return axes;
    }

    /** Names of all settings that points have, sorted. */
    List<String> axes() {
        return List.copyOf(axes(cells));
    }

    /** Values of an axis, in order. */
    List<String> values(String axis) {
        return cells.stream()
                .map(cell -> cell.setting(axis))
                .distinct()
                .sorted(SettingValue.ORDER)
                .toList();
    }

    /** Schedulers in the order of their colours. */
    List<String> schedulers() {
        return cells.stream()
                .map(cell -> cell.setting(Grid.SCHEDULER))
                .distinct()
                .toList();
    }

    /** Everything that the reader should know of how the results were read. */
    List<String> notes() {
        return folders.stream().flatMap(folder -> folder.notes().stream()).toList();
    }
}

package io.p2pfaas.load.report;

import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.Cell.Source;
import io.p2pfaas.load.report.chart.Line.Look;
import io.p2pfaas.load.report.chart.Line.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which colour and which name a series has in all charts: a scheduler keeps its colour, live is dashed and hollow. */
final class Cast {
    private final List<String> schedulers;
    private final List<Source> sources;

    Cast(Study study) {
        this.schedulers = study.schedulers();
        this.sources = study.sources();
    }

    String name(Cell cell) {
        String scheduler = cell.setting(Grid.SCHEDULER);
        String name = scheduler.isEmpty() ? "all calls" : scheduler;
        return sources.size() == 1 ? name : name + ", " + cell.source().name();
    }

    /** Several folders of one world have colours of their own. */
    private int number(Cell cell) {
        List<Source> sameWorld = sources.stream()
                .filter(source -> source.world() == cell.source().world())
                .toList();
        return schedulers.indexOf(cell.setting(Grid.SCHEDULER)) + sameWorld.indexOf(cell.source()) * schedulers.size();
    }

    /** For few values, which have markers. */
    Look marked(Cell cell) {
        return new Look(number(cell), cell.source().isLive() ? Style.HOLLOW : Style.SOLID);
    }

    /** For curves of many values. */
    Look bare(Cell cell) {
        boolean overlaid = sources.stream().anyMatch(source -> source.world() == RunResult.World.SIMULATED);
        return new Look(number(cell), cell.source().isLive() && overlaid ? Style.BARE_DASHED : Style.BARE);
    }

    /** Cells by the series they belong to; cells keep their order. */
    Map<String, List<Cell>> series(List<Cell> cells) {
        Map<String, List<Cell>> series = new LinkedHashMap<>();
        cells.forEach(cell ->
                series.computeIfAbsent(name(cell), name -> new ArrayList<>()).add(cell));
        return series;
    }
}

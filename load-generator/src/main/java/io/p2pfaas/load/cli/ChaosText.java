package io.p2pfaas.load.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.p2pfaas.load.live.chaos.ChaosResult;
import io.p2pfaas.load.live.chaos.Recovery;
import io.p2pfaas.load.live.chaos.Vitals;
import io.p2pfaas.load.live.ledger.Account;
import io.p2pfaas.load.live.ledger.Close;
import io.p2pfaas.load.live.ledger.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Books and chaos runs, for people and as JSON. */
final class ChaosText {
    private static final int SHOWN = 30;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MIB = 1 << 20;

    private ChaosText() {}

    static void writeJson(Object result, Path file) throws IOException {
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file.toFile(), result);
    }

    static String table(Account account) {
        StringBuilder text = new StringBuilder();
        List<String> header = new ArrayList<>(List.of("via"));
        Arrays.stream(Close.values()).forEach(close -> header.add(word(close)));
        TextTable ends = new TextTable(header);
        account.ends().forEach((via, byClose) -> {
            List<String> row = new ArrayList<>(List.of(via.name()));
            Arrays.stream(Close.values()).forEach(close -> row.add(count(byClose.getOrDefault(close, 0L))));
            ends.row(row);
        });
        text.append(ends.aligned()).append('\n');
        TextTable nodes =
                new TextTable(List.of("node", "processes", "received", "executed", "begun by functions", "in flight"));
        account.nodes()
                .forEach(node -> nodes.row(List.of(
                        node.node(),
                        count(node.processes()),
                        count(node.received()),
                        count(node.executed()),
                        count(node.begun()),
                        count(node.inFlight()))));
        text.append(nodes.aligned()).append('\n');
        Set<Finding.Kind> kinds = EnumSet.allOf(Finding.Kind.class);
        TextTable judged = new TextTable(List.of("finding", "explained by a fault", "unexplained"));
        kinds.forEach(kind -> judged.row(
                List.of(word(kind), count(account.excused().getOrDefault(kind, 0L)), count(account.found(kind)))));
        text.append(judged.aligned()).append('\n');
        account.findings().stream()
                .limit(SHOWN)
                .forEach(finding -> text.append(word(finding.kind()))
                        .append(' ')
                        .append(finding.call())
                        .append(": ")
                        .append(finding.text())
                        .append('\n'));
        if (account.findings().size() > SHOWN) {
            text.append("... and ").append(account.findings().size() - SHOWN).append(" more\n");
        }
        return text.append(account.calls())
                .append(" calls, ")
                .append(account.executions())
                .append(" executions: the books are ")
                .append(account.isClean() ? "clean\n" : "NOT clean\n")
                .toString();
    }

    static String table(ChaosResult result) {
        StringBuilder text = new StringBuilder();
        TextTable faults =
                new TextTable(List.of("fault", "times", "longest until ready s", "longest until all well s"));
        result.account()
                .faults()
                .forEach((fault, times) -> faults.row(List.of(
                        fault.word(),
                        count(times),
                        seconds(result.longest(fault, Recovery::readyNanos)),
                        seconds(result.longest(fault, Recovery::wholeNanos)))));
        text.append(faults.aligned())
                .append('\n')
                .append(table(result.account()))
                .append('\n');
        TextTable vitals = new TextTable(List.of("node", "heap MiB", "threads", "descriptors", "connections", "flat"));
        result.vitals()
                .forEach((node, trend) -> vitals.row(List.of(
                        node,
                        mib(trend.before()) + " -> " + mib(trend.after()),
                        trend.before().threads() + " -> " + trend.after().threads(),
                        trend.before().descriptors() + " -> " + trend.after().descriptors(),
                        trend.before().connections() + " -> " + trend.after().connections(),
                        trend.isFlat() ? "yes" : "NO")));
        text.append(vitals.aligned());
        result.problems()
                .forEach(problem -> text.append("problem: ").append(problem).append('\n'));
        return text.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String count(long number) {
        return Long.toString(number);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / NANOS_PER_SECOND);
    }

    private static String mib(Vitals vitals) {
        return String.format(Locale.ROOT, "%.1f", vitals.heapBytes() / MIB);
    }
}

package io.p2pfaas.load.cli;

import io.p2pfaas.load.live.cluster.ClusterView.Sighting;
import io.p2pfaas.load.live.cluster.NodeStatus;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Two looks at a cluster as a table: one row per node, rates from the time between them. */
final class TopTable {
    /** What rows can be sorted by; all but the first put the largest first. */
    enum Order {
        node,
        load,
        received,
        done,
        rejected,
        ran
    }

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String FORMAT = "%-12s %-8s %9s %9s %9s %9s %9s %9s %9s %6s %7s  %s%n";

    /** Rates per second. */
    private record Row(
            String name,
            String state,
            NodeStatus status,
            double received,
            double done,
            double rejected,
            double failed,
            double ran) {
        double load() {
            return status.slots() == 0 ? 0 : (double) (status.running() + status.queued()) / status.slots();
        }
    }

    private TopTable() {}

    /** The table, header first, nodes that do not answer last. */
    static String text(List<Sighting> before, List<Sighting> now, Order order) {
        Map<URI, Sighting> earlier = new HashMap<>();
        before.forEach(sighting -> earlier.put(sighting.node(), sighting));
        List<Row> rows = new ArrayList<>();
        StringBuilder silent = new StringBuilder();
        for (Sighting sighting : now) {
            NodeStatus status = sighting.status();
            if (status == null) {
                silent.append(printable(sighting.problem())).append(System.lineSeparator());
            } else {
                rows.add(row(earlier.get(sighting.node()), sighting, status));
            }
        }
        rows.sort(comparator(order));
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                FORMAT,
                "NODE",
                "STATE",
                "SLOTS",
                "QUEUE",
                "CALLS/s",
                "DONE/s",
                "REJECT/s",
                "FAIL/s",
                "RAN/s",
                "PEERS",
                "AGE ms",
                "SCHEDULER"));
        rows.forEach(row -> text.append(line(row)));
        if (rows.size() > 1) {
            text.append(total(rows));
        }
        return text.append(silent).toString();
    }

    private static Row row(@Nullable Sighting before, Sighting now, NodeStatus status) {
        NodeStatus old = before == null ? null : before.status();
        double seconds = before == null ? 0 : (now.atNanos() - before.atNanos()) / NANOS_PER_SECOND;
        ToDoubleFunction<ToDoubleFunction<NodeStatus.Calls>> rate = count -> {
            if (old == null || seconds <= 0) {
                return Double.NaN;
            }
            double counted = count.applyAsDouble(status.calls()) - count.applyAsDouble(old.calls());
            // A node that was restarted counts from zero.
            return counted < 0 ? Double.NaN : counted / seconds;
        };
        return new Row(
                printable(status.id()),
                !status.ready() ? "leaving" : status.linkUp() ? "online" : "no link",
                status,
                rate.applyAsDouble(NodeStatus.Calls::received),
                rate.applyAsDouble(NodeStatus.Calls::done),
                rate.applyAsDouble(NodeStatus.Calls::rejected),
                rate.applyAsDouble(calls -> calls.failed() + calls.expired() + calls.cancelled()),
                rate.applyAsDouble(NodeStatus.Calls::ranHere));
    }

    private static Comparator<Row> comparator(Order order) {
        Comparator<Row> byName = Comparator.comparing(Row::name, TopTable::compareNames);
        ToDoubleFunction<Row> value = switch (order) {
            case node -> row -> 0;
            case load -> Row::load;
            case received -> Row::received;
            case done -> Row::done;
            case rejected -> Row::rejected;
            case ran -> Row::ran;
        };
        return Comparator.comparingDouble(value).reversed().thenComparing(byName);
    }

    /** n2 before n10. */
    private static int compareNames(String one, String other) {
        int byLength = Integer.compare(one.length(), other.length());
        String start = one.replaceAll("[0-9]+$", "");
        return start.equals(other.replaceAll("[0-9]+$", "")) && byLength != 0 ? byLength : one.compareTo(other);
    }

    private static String line(Row row) {
        NodeStatus status = row.status();
        long usable = status.peers().stream().filter(NodeStatus.Peer::isUsable).count();
        OptionalLong oldest = status.peers().stream()
                .map(NodeStatus.Peer::sampleAgeMillis)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
        return String.format(
                Locale.ROOT,
                FORMAT,
                row.name(),
                row.state(),
                status.running() + "/" + status.slots(),
                status.queued() + "/" + status.queueMax(),
                perSecond(row.received()),
                perSecond(row.done()),
                perSecond(row.rejected()),
                perSecond(row.failed()),
                perSecond(row.ran()),
                usable + "/" + status.peers().size(),
                oldest.isPresent() ? Long.toString(oldest.getAsLong()) : "-",
                printable(status.scheduler()));
    }

    private static String total(List<Row> rows) {
        return String.format(
                Locale.ROOT,
                FORMAT,
                "(all)",
                "",
                sum(rows, row -> row.status().running()) + "/"
                        + sum(rows, row -> row.status().slots()),
                sum(rows, row -> row.status().queued()) + "/"
                        + sum(rows, row -> row.status().queueMax()),
                perSecond(rows.stream().mapToDouble(Row::received).sum()),
                perSecond(rows.stream().mapToDouble(Row::done).sum()),
                perSecond(rows.stream().mapToDouble(Row::rejected).sum()),
                perSecond(rows.stream().mapToDouble(Row::failed).sum()),
                perSecond(rows.stream().mapToDouble(Row::ran).sum()),
                "",
                "",
                "");
    }

    private static long sum(List<Row> rows, ToDoubleFunction<Row> value) {
        return Math.round(rows.stream().mapToDouble(value).sum());
    }

    private static String perSecond(double rate) {
        return Double.isNaN(rate) ? "-" : String.format(Locale.ROOT, "%.1f", rate);
    }

    /** Texts of nodes go to a terminal. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}

package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.live.ledger.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What nodes counted, by process: one that was killed took its last counts with it, up to the last look. */
final class NodeBooks {
    private final Map<String, Map<Long, Entry.Looked>> last = new TreeMap<>();
    private final Map<String, Long> begun = new HashMap<>();
    private final Tallies tallies;

    NodeBooks(Tallies tallies) {
        this.tallies = tallies;
    }

    void looked(Entry.Looked looked) {
        if (!looked.isBalanced()) {
            tallies.find(new Finding(
                    Kind.UNBALANCED,
                    looked.node(),
                    looked.atNanos(),
                    "received is not done + failed + rejected + expired + cancelled + in flight: " + looked));
        }
        last.computeIfAbsent(looked.node(), unused -> new TreeMap<>()).put(looked.process(), looked);
    }

    void began(Entry.Began began) {
        begun.merge(began.node(), 1L, Long::sum);
    }

    /** The last look at each process of each node, and what does not fit to what others saw. */
    List<Account.NodeBook> close(long calls) {
        List<Account.NodeBook> books = new ArrayList<>();
        long received = 0;
        for (Map.Entry<String, Map<Long, Entry.Looked>> node : last.entrySet()) {
            Entry.Looked latest = node.getValue().values().iterator().next();
            long receivedHere = 0;
            long executedHere = 0;
            for (Entry.Looked look : node.getValue().values()) {
                receivedHere += look.received();
                executedHere += look.executed();
                latest = look.atNanos() > latest.atNanos() ? look : latest;
            }
            received += receivedHere;
            long begunHere = begun.getOrDefault(node.getKey(), 0L);
            int processes = node.getValue().size();
            books.add(new Account.NodeBook(
                    node.getKey(), processes, receivedHere, executedHere, begunHere, latest.inFlight()));
            check(latest, processes, executedHere, begunHere);
        }
        if (received > calls) {
            tallies.find(new Finding(
                    Kind.UNBALANCED,
                    "all nodes",
                    0,
                    "nodes received " + received + " callers' calls, and callers sent " + calls));
        }
        return books;
    }

    private void check(Entry.Looked latest, int processes, long executed, long begunHere) {
        if (latest.inFlight() != 0) {
            tallies.find(new Finding(
                    Kind.UNBALANCED,
                    latest.node(),
                    latest.atNanos(),
                    latest.inFlight() + " calls still in flight when all callers were gone"));
        }
        // The other way round is possible: time was up before the function read the call.
        if (processes == 1 && begunHere > executed) {
            tallies.find(new Finding(
                    Kind.UNBALANCED,
                    latest.node(),
                    latest.atNanos(),
                    "counted " + executed + " executions, and its functions began " + begunHere));
        }
    }
}

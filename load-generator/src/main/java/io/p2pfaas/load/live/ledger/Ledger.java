package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.live.ledger.Finding.Kind;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the entries of a journal by call and judges each call when everything about it must have been said, so that it
 * holds the calls of {@link Rules#horizon} and no more, however long the run was.
 */
public final class Ledger implements Consumer<Entry> {
    private final Rules rules;
    private final Tallies tallies = new Tallies();
    private final FaultTimes faults;
    private final Judge judge;
    private final NodeBooks nodes = new NodeBooks(tallies);
    private final Map<String, CallPage> open = new LinkedHashMap<>();
    private final Map<Fault, Long> faultCounts = new EnumMap<>(Fault.class);
    private long calls;
    private long executions;
    private long strays;

    public Ledger(Rules rules) {
        this.rules = rules;
        faults = new FaultTimes(rules.grace().toNanos());
        judge = new Judge(rules, faults, tallies);
    }

    /** The entries of a call come in the order in which they were seen. */
    @Override
    public void accept(Entry entry) {
        settleUntil(entry.atNanos() - rules.horizon().toNanos());
        if (entry instanceof Entry.Sent sent) {
            calls++;
            if (open.putIfAbsent(sent.call(), new CallPage(sent)) != null) {
                throw new IllegalArgumentException("two calls with the id " + sent.call());
            }
        } else if (entry instanceof Entry.Ended ended) {
            CallPage page = page(ended.call(), ended, Kind.TWO_ENDS, "ended as " + ended.close());
            if (page != null) {
                page.ends.add(ended);
            }
        } else if (entry instanceof Entry.Stray stray) {
            strays++;
            CallPage page = open.get(stray.call());
            if (page != null) {
                page.strays++;
            }
        } else if (entry instanceof Entry.Mistaken mistaken) {
            tallies.find(new Finding(
                    Kind.WRONG_ANSWER,
                    mistaken.call(),
                    mistaken.atNanos(),
                    "was answered '" + mistaken.answer() + "'"));
        } else if (entry instanceof Entry.Began began) {
            executions++;
            nodes.began(began);
            CallPage page = page(began.call(), began, Kind.UNKNOWN_CALL, "began on " + began.node());
            if (page != null) {
                page.executions.add(began);
            }
        } else if (entry instanceof Entry.Broke broke) {
            faultCounts.merge(broke.fault(), 1L, Long::sum);
            faults.broke(broke);
        } else if (entry instanceof Entry.Mended mended) {
            faults.mended(mended);
        } else if (entry instanceof Entry.Looked looked) {
            nodes.looked(looked);
        }
    }

    private @Nullable CallPage page(String call, Entry entry, Kind ifUnknown, String text) {
        CallPage page = open.get(call);
        if (page == null) {
            tallies.find(new Finding(
                    ifUnknown, call, entry.atNanos(), text + ", and no such call was sent, or it was over long ago"));
        }
        return page;
    }

    private void settleUntil(long nanos) {
        Iterator<CallPage> oldest = open.values().iterator();
        boolean settled = false;
        while (oldest.hasNext()) {
            CallPage page = oldest.next();
            if (page.sent.atNanos() >= nanos) {
                break;
            }
            judge.judge(page);
            oldest.remove();
            settled = true;
        }
        if (settled) {
            faults.forgetBefore(nanos - rules.horizon().toNanos());
        }
    }

    /** Judges what is left. */
    public Account close() {
        settleUntil(Long.MAX_VALUE);
        return new Account(
                calls,
                executions,
                strays,
                tallies.ends(),
                tallies.excused(),
                tallies.found(),
                tallies.findings(),
                faultCounts,
                nodes.close(calls));
    }
}

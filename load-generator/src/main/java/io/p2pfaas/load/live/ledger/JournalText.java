package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.live.ledger.Entry.Began;
import io.p2pfaas.load.live.ledger.Entry.Broke;
import io.p2pfaas.load.live.ledger.Entry.Ended;
import io.p2pfaas.load.live.ledger.Entry.Finished;
import io.p2pfaas.load.live.ledger.Entry.Looked;
import io.p2pfaas.load.live.ledger.Entry.Mended;
import io.p2pfaas.load.live.ledger.Entry.Mistaken;
import io.p2pfaas.load.live.ledger.Entry.Sent;
import io.p2pfaas.load.live.ledger.Entry.Stray;
import io.p2pfaas.load.plan.Experiment.Via;

/** A journal entry as a line: the word for it, the instant, and its fields, with commas between. */
final class JournalText {
    private static final int FIRST_COUNT = 3;

    private JournalText() {}

    static String format(Entry entry) {
        if (entry instanceof Sent sent) {
            return line(sent, "sent", sent.call(), sent.via(), sent.entrance(), sent.repeatable(), sent.budgetNanos());
        }
        if (entry instanceof Ended ended) {
            return line(ended, "ended", ended.call(), ended.close(), ended.status(), ended.detail());
        }
        if (entry instanceof Stray stray) {
            return line(stray, "stray", stray.call());
        }
        if (entry instanceof Mistaken mistaken) {
            return line(mistaken, "mistaken", mistaken.call(), mistaken.answer());
        }
        if (entry instanceof Began began) {
            return line(began, "began", began.call(), began.node());
        }
        if (entry instanceof Finished finished) {
            return line(finished, "finished", finished.call(), finished.node());
        }
        if (entry instanceof Broke broke) {
            return line(broke, "broke", broke.fault(), broke.target());
        }
        if (entry instanceof Mended mended) {
            return line(mended, "mended", mended.fault(), mended.target());
        }
        Looked looked = (Looked) entry;
        return line(
                looked,
                "looked",
                looked.node(),
                looked.process(),
                looked.received(),
                looked.done(),
                looked.failed(),
                looked.rejected(),
                looked.expired(),
                looked.cancelled(),
                looked.inFlight(),
                looked.executed());
    }

    private static String line(Entry entry, String word, Object... fields) {
        StringBuilder line = new StringBuilder(word).append(',').append(entry.atNanos());
        for (Object field : fields) {
            line.append(',').append(String.valueOf(field).replaceAll("[,\\p{Cntrl}]", ";"));
        }
        return line.toString();
    }

    /** @throws IllegalArgumentException if it is no line of a journal; shows it */
    static Entry parse(String line) {
        String[] f = line.split(",", -1);
        try {
            long at = Long.parseLong(f[1]);
            return switch (f[0]) {
                case "sent" ->
                    new Sent(at, f[2], Via.valueOf(f[3]), f[4], Boolean.parseBoolean(f[5]), Long.parseLong(f[6]));
                case "ended" -> new Ended(at, f[2], Close.valueOf(f[3]), Integer.parseInt(f[4]), f[5]);
                case "stray" -> new Stray(at, f[2]);
                case "mistaken" -> new Mistaken(at, f[2], f[3]);
                case "began" -> new Began(at, f[2], f[3]);
                case "finished" -> new Finished(at, f[2], f[3]);
                case "broke" -> new Broke(at, Fault.valueOf(f[2]), f[3]);
                case "mended" -> new Mended(at, Fault.valueOf(f[2]), f[3]);
                case "looked" -> looked(at, f);
                default -> throw new IllegalArgumentException("no such entry: " + f[0]);
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new IllegalArgumentException("not a line of a journal: '" + line + "'", wrong);
        }
    }

    private static Looked looked(long at, String[] f) {
        long[] n = new long[f.length - FIRST_COUNT];
        for (int i = 0; i < n.length; i++) {
            n[i] = Long.parseLong(f[FIRST_COUNT + i]);
        }
        return new Looked(at, f[2], n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
    }
}

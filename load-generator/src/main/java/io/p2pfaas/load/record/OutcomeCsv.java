package io.p2pfaas.load.record;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * One line per due call, warm-up included, in the order the calls ended. Instants are nanoseconds from the start of the
 * run; what did not happen is an empty field. No field can contain a comma or a quote.
 */
public final class OutcomeCsv {
    /** The first line. */
    public static final String HEADER = "call,due_ns,sent_ns,end_ns,state,status,executor";

    private OutcomeCsv() {}

    /** Writes everything; the writer stays open. */
    public static void write(List<Outcome> outcomes, Writer out) throws IOException {
        out.write(HEADER + "\n");
        for (Outcome outcome : outcomes) {
            out.write(line(outcome) + "\n");
        }
    }

    /** The line of one call, without the line break. */
    public static String line(Outcome outcome) {
        String sent = ",";
        if (outcome instanceof Outcome.Sent call) {
            sent = call.sentNanos() + "," + call.endNanos();
        }
        String answer = ",";
        if (outcome instanceof Outcome.Answered answered) {
            answer = answered.status() + "," + answered.executor().name();
        }
        String state = outcome.state().name().toLowerCase(Locale.ROOT);
        return outcome.call() + "," + outcome.dueNanos() + "," + sent + "," + state + "," + answer;
    }
}

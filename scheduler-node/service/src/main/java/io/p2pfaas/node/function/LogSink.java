package io.p2pfaas.node.function;

/** Takes lines of a log, one at a time. Calls may block it to slow the source down, and come from one thread at a time. */
public interface LogSink {
    /** False: no more is wanted. */
    boolean line(LogLine line);

    /** There is nothing more. Called exactly once, unless the stream was closed. */
    void ended();
}

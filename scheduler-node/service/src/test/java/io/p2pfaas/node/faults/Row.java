package io.p2pfaas.node.faults;

import io.p2pfaas.node.testing.Fault.Area;
import java.util.Comparator;

/** A fault, a promise, and the test that shows that the promise is kept. */
record Row(Area area, String fault, String promise, String test, boolean isLong) {
    static final Comparator<Row> ORDER = Comparator.comparing(Row::area)
            .thenComparing(Row::fault)
            .thenComparing(Row::promise)
            .thenComparing(Row::test);

    /**
     * @param test as Maven takes it: {@code Class#method}
     * @param isLong whether it is left out unless asked for
     */
    Row {
        if (fault.isBlank() || promise.isBlank() || (fault + promise).matches("(?s).*[|\\n].*")) {
            throw new IllegalArgumentException("a row of a table cannot hold: " + fault + ", " + promise);
        }
    }

    /** The row without its result. */
    String text() {
        return "| %s | %s | %s`.ci/fault-matrix %s%s` | "
                .formatted(fault, promise, isLong ? "long: " : "", isLong ? "--long " : "", test);
    }
}

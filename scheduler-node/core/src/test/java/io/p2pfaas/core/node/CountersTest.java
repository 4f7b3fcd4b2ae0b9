package io.p2pfaas.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Reason;
import org.junit.jupiter.api.Test;

final class CountersTest {
    @Test
    void callers_and_peers_calls_are_counted_apart() {
        Counters counters = new Counters();
        counters.received(false);
        counters.received(true);
        counters.received(true);
        counters.ended(true, EndState.DONE);
        counters.handedOn();

        assertThat(counters.receivedFrom(false)).isOne();
        assertThat(counters.inFlightFrom(false)).isOne();
        assertThat(counters.receivedFrom(true)).isEqualTo(2);
        assertThat(counters.inFlightFrom(true)).isZero();
        assertThat(counters.endedIn(EndState.DONE, true)).isOne();
        assertThat(counters.endedIn(EndState.DONE, false)).isZero();
    }

    @Test
    void a_copy_stands_still() {
        Counters counters = new Counters();
        counters.received(false);
        counters.because(false, Reason.NO_SLOT);
        Counters copy = counters.copy();

        counters.ended(false, EndState.REJECTED);
        counters.because(true, Reason.NO_SLOT);

        assertThat(copy.inFlightFrom(false)).isOne();
        assertThat(copy.endedIn(EndState.REJECTED, false)).isZero();
        assertThat(copy.notDone(Reason.NO_SLOT)).isOne();
        assertThat(counters.notDone(Reason.NO_SLOT)).isEqualTo(2);
        assertThat(counters.notDone(Reason.NO_SLOT, false)).isOne();
        assertThat(counters.notDone(Reason.NO_SLOT, true)).isOne();
        assertThat(counters.notDone(Reason.DRAINING)).isZero();
    }
}

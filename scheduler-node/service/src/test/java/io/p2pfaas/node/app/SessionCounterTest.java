package io.p2pfaas.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.p2pfaas.node.testing.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionCounterTest {
    @TempDir
    Path folder;

    @Test
    void a_life_has_the_wall_clock_as_its_number() {
        assertThat(SessionCounter.next(Optional.empty(), 1000)).isEqualTo(1000);
        assertThat(SessionCounter.next(Optional.of(folder.resolve("new")), 1000))
                .isEqualTo(1000);
    }

    @Fault(
            in = Fault.Area.MACHINE,
            fault = "the wall clock is set back between two lives of a node",
            promise = "with a data folder the later life still counts as later")
    @Test
    void a_clock_that_went_back_does_not_make_a_later_life_look_older() {
        SessionCounter.next(Optional.of(folder), 5000);

        assertThat(SessionCounter.next(Optional.of(folder), 4000)).isEqualTo(5001);
        assertThat(SessionCounter.next(Optional.of(folder), 9000)).isEqualTo(9000);
    }

    @Fault(
            in = Fault.Area.MACHINE,
            fault = "a damaged file in the data folder",
            promise = "the start stops and names the file")
    @Test
    void a_damaged_file_stops_the_start_with_its_name() throws IOException {
        Files.writeString(folder.resolve("session"), "yesterday");

        assertThatIllegalStateException()
                .isThrownBy(() -> SessionCounter.next(Optional.of(folder), 1))
                .withMessageContaining("session")
                .withMessageContaining("yesterday");
    }
}

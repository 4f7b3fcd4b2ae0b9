package io.p2pfaas.load.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that a killed lab left behind. */
final class LeftoversIT {
    @TempDir
    private Path folder;

    private OwnProcess sleeper() throws IOException {
        return OwnProcess.start("sleeper", List.of("sleep", "600"), folder.resolve("sleeper.log"));
    }

    @Test
    void what_was_noted_is_ended_once() throws IOException {
        OwnProcess one = sleeper();
        OwnProcess other = sleeper();
        assertThat(new Leftovers(folder).end()).isEqualTo(2);
        assertThat(one.isAlive()).isFalse();
        assertThat(other.isAlive()).isFalse();
        assertThat(new Leftovers(folder).end()).isZero();
    }

    @Test
    void a_process_that_only_has_the_number_of_a_noted_one_is_left_alone() throws IOException, InterruptedException {
        OwnProcess process = sleeper();
        Path file = folder.resolve("processes.txt");
        String noted = Files.readString(file);
        try {
            Files.writeString(
                    file,
                    noted.replaceAll(" [0-9]+", " 1") + "nonsense\n"
                            + ProcessHandle.current().pid() + " 5\n");
            assertThat(new Leftovers(folder).end()).isZero();
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.kill();
        }
    }

    @Test
    void a_paused_process_goes_on_when_resumed_and_ends_when_asked_to_while_it_stands_still()
            throws IOException, InterruptedException {
        OwnProcess process = sleeper();
        process.pause();
        assertThat(process.isPaused()).isTrue();
        process.resume();
        assertThat(process.isPaused()).isFalse();
        process.pause();
        process.askToEnd();
        process.awaitEnd(10_000);
        assertThat(process.isAlive()).isFalse();
        assertThat(process.lastWords()).contains("sleeper ended with exit code").contains("sleeper.log");
    }
}

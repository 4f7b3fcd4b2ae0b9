package io.p2pfaas.load.live.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.load.plan.Experiment.Via;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is read as it was written. */
final class JournalTest {
    private static final List<Entry> ENTRIES = List.of(
            new Entry.Sent(1, "a", Via.MQTT311, "", false, 5),
            new Entry.Ended(2, "a", Close.BROKEN, 0, "reset by peer"),
            new Entry.Stray(3, "a"),
            new Entry.Mistaken(4, "a", "b"),
            new Entry.Began(5, "a", "n1"),
            new Entry.Finished(6, "a", "n1"),
            new Entry.Broke(7, Fault.BROKER_KILL, Fault.BROKER),
            new Entry.Mended(8, Fault.BROKER_KILL, Fault.BROKER),
            new Entry.Looked(9, "n1", 1, 2, 3, 4, 5, 6, 7, 8, 9));

    @TempDir
    private Path folder;

    @Test
    void every_entry_comes_back() throws IOException {
        Path file = folder.resolve("journal.csv");
        try (Journal journal = new Journal(file)) {
            ENTRIES.forEach(journal);
        }
        List<Entry> read = new ArrayList<>();
        Journal.read(file, read::add);
        assertThat(read).isEqualTo(ENTRIES);
    }

    @Test
    void what_others_said_cannot_make_a_line_or_a_field_of_its_own() {
        String line = JournalText.format(new Entry.Ended(1, "a", Close.BROKEN, 0, "x,y\nsent,2"));
        assertThat(JournalText.parse(line)).isEqualTo(new Entry.Ended(1, "a", Close.BROKEN, 0, "x;y;sent;2"));
    }

    @Test
    void a_line_that_is_no_entry_is_named() throws IOException {
        Path file = folder.resolve("journal.csv");
        for (String wrong : List.of("sent,1,a", "lost,1,a", "", "ended,x,a,DONE,200,")) {
            Files.writeString(file, wrong + "\n");
            assertThatThrownBy(() -> Journal.read(file, entry -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("journal.csv")
                    .hasMessageContaining("'" + wrong + "'");
        }
    }
}

package io.p2pfaas.node.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileWatchTest {
    private static final Path FILE = Path.of("node.crt");

    private String stamp = "first";
    private boolean broken;
    private int reads;

    private Object read() throws FileProblem {
        reads++;
        if (broken) {
            throw new FileProblem(FILE.toString(), "it is broken", null);
        }
        return new Object();
    }

    private FileWatch<Object> watch() throws FileProblem {
        return new FileWatch<>("certificates", List.of(FILE), this::read, file -> stamp);
    }

    @Test
    void files_that_stay_as_they_are_are_read_once() throws FileProblem {
        FileWatch<Object> watch = watch();

        assertThat(watch.look()).isFalse();
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void files_that_changed_are_read_and_told_of_once() throws FileProblem {
        FileWatch<Object> watch = watch();
        Object before = watch.content();
        stamp = "second";

        assertThat(watch.look()).isTrue();
        assertThat(watch.content()).isNotSameAs(before);
        assertThat(watch.look()).isFalse();
    }

    @Test
    void a_broken_file_leaves_what_was_read_before_and_its_repair_is_noticed() throws FileProblem {
        FileWatch<Object> watch = watch();
        Object before = watch.content();
        stamp = "second";
        broken = true;

        assertThat(watch.look()).isFalse();
        assertThat(watch.content()).isSameAs(before);
        assertThat(watch.readAnew()).isSameAs(before);

        stamp = "third";
        broken = false;
        assertThat(watch.look()).isTrue();
        assertThat(watch.content()).isNotSameAs(before);
    }

    @Test
    void before_an_attempt_to_connect_files_are_read_even_if_they_seem_unchanged() throws FileProblem {
        FileWatch<Object> watch = watch();

        Object material = watch.readAnew();

        assertThat(reads).isEqualTo(2);
        assertThat(watch.content()).isSameAs(material);
    }
}

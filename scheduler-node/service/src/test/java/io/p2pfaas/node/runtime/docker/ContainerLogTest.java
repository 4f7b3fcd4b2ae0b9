package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.p2pfaas.node.runtime.docker.Engine.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ContainerLogTest {
    private static final String ONE = "2026-01-01T00:00:01.5Z";
    private static final String TWO = "2026-01-01T00:00:02.5Z";

    private static final String ONE_AT = "2026-01-01T00:00:01.500Z";
    private static final String TWO_AT = "2026-01-01T00:00:02.500Z";

    private final List<String> told = new ArrayList<>();
    private int wanted = Integer.MAX_VALUE;

    private ContainerLog log(@Nullable String since) {
        ContainerLog log = new ContainerLog(since == null ? null : Instant.parse(since), new Lines() {
            @Override
            public boolean line(Instant timestamp, String text) {
                told.add(timestamp + "|" + text);
                return told.size() < wanted;
            }

            @Override
            public void ended() {
                told.add("ended");
            }
        });
        log.onStart(() -> {});
        return log;
    }

    private static Frame out(String text) {
        return new Frame(StreamType.STDOUT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Frame error(String text) {
        return new Frame(StreamType.STDERR, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_line_has_its_time_and_no_line_end() {
        ContainerLog log = log(null);
        log.onNext(out(ONE + " first line\n"));
        log.onNext(error(TWO + " windows\r\n"));
        log.onNext(out(TWO + " \n"));
        log.onComplete();

        assertThat(told).containsExactly(ONE_AT + "|first line", TWO_AT + "|windows", TWO_AT + "|", "ended");
    }

    @Test
    void a_long_line_that_comes_in_parts_is_put_together() {
        ContainerLog log = log(null);
        log.onNext(out(ONE + " begin-"));
        log.onNext(error(ONE + " between\n"));
        log.onNext(out(TWO + " end\n"));

        assertThat(told).containsExactly(ONE_AT + "|between", ONE_AT + "|begin-end");
    }

    @Test
    void a_line_without_end_is_handed_over_in_parts() {
        ContainerLog log = log(null);
        for (int i = 0; i < 9; i++) {
            log.onNext(out(ONE + " " + "x".repeat(16 * 1024)));
        }
        log.onComplete();

        assertThat(told).hasSize(4);
        assertThat(told.get(0)).hasSize(ONE_AT.length() + 1 + ContainerLog.LONGEST_LINE_BYTES);
        assertThat(told.get(2)).hasSize(ONE_AT.length() + 1 + 16 * 1024);
    }

    @Test
    void lines_before_the_time_asked_for_are_left_out() {
        ContainerLog log = log(TWO);
        log.onNext(out(ONE + " too early\n"));
        log.onNext(out(TWO + " in time\n"));

        assertThat(told).containsExactly(TWO_AT + "|in time");
    }

    @Test
    void whoever_has_enough_gets_no_more() {
        wanted = 1;
        ContainerLog log = log(null);
        log.onNext(out(ONE + " enough\n"));
        log.onNext(out(TWO + " more\n"));
        log.onComplete();

        assertThat(told).containsExactly(ONE_AT + "|enough");
    }

    @Test
    void a_log_that_breaks_off_ends_once() {
        ContainerLog log = log(null);
        log.onNext(out(ONE + " unfinished"));
        log.onError(new IOException("gone"));
        log.onComplete();

        assertThat(told).containsExactly(ONE_AT + "|unfinished", "ended");
    }
}

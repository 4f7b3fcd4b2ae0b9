package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.http.AsyncResults.Known;
import io.p2pfaas.node.testing.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AsyncResultsTest {
    private static final int MAX_RESULTS = 3;
    private static final int MAX_BYTES = 100;
    private static final Duration TTL = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();
    private final AsyncResults results =
            new AsyncResults(clock, new AsyncSetup(10, Duration.ofMinutes(5), TTL, MAX_RESULTS, MAX_BYTES, List.of()));

    static AsyncResult result(int bytes) {
        return new AsyncResult(
                new FunctionName("f"),
                new CallTrace("id", "1"),
                new CallAnswer(200, Headers.EMPTY, ByteBuffer.allocate(bytes)),
                1);
    }

    private void ended(String id, int bytes) {
        assertThat(results.begin(id)).isTrue();
        results.end(id, result(bytes));
    }

    private boolean isKept(String id) {
        return results.find(id).isPresent();
    }

    @Test
    void a_call_runs_until_it_has_ended() {
        assertThat(results.find("a")).isEmpty();
        assertThat(results.begin("a")).isTrue();
        assertThat(results.find("a")).contains(new Known.Running());
        AsyncResult result = result(1);
        results.end("a", result);
        assertThat(results.find("a")).contains(new Known.Ended(result));
    }

    @Test
    void an_id_is_free_again_when_its_result_is_forgotten() {
        ended("a", 1);
        assertThat(results.begin("a")).isFalse();
        clock.advance(TTL);
        assertThat(results.begin("a")).isTrue();
    }

    @Test
    void results_are_kept_for_their_time() {
        ended("a", 1);
        clock.advance(TTL.minusNanos(1));
        assertThat(isKept("a")).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(isKept("a")).isFalse();
    }

    @Test
    void a_call_that_runs_is_never_forgotten() {
        results.begin("a");
        clock.advance(TTL.multipliedBy(100));
        for (int i = 0; i < 10 * MAX_RESULTS; i++) {
            ended("r" + i, MAX_BYTES);
        }
        assertThat(results.find("a")).contains(new Known.Running());
    }

    @Test
    void the_oldest_go_first_when_there_are_too_many() {
        for (String id : List.of("a", "b", "c", "d")) {
            ended(id, 1);
        }
        assertThat(isKept("a")).isFalse();
        assertThat(List.of("b", "c", "d")).allMatch(this::isKept);
    }

    @Test
    void the_oldest_go_first_when_they_are_too_large_together() {
        ended("a", 50);
        ended("b", 40);
        ended("c", 60);
        assertThat(isKept("a")).isFalse();
        assertThat(isKept("b")).isTrue();
        assertThat(isKept("c")).isTrue();
    }

    @Test
    void one_that_is_larger_than_all_may_be_is_told_by_a_sentence() {
        ended("a", MAX_BYTES + 1);
        Optional<Known> known = results.find("a");
        assertThat(known).containsInstanceOf(Known.Ended.class);
        assertThat(((Known.Ended) known.orElseThrow()).result().answer().status())
                .isEqualTo(503);
    }
}

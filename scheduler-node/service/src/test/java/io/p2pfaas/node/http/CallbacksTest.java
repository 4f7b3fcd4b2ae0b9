package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbacksTest {
    private static final URI URL = URI.create("http://127.0.0.1/hook");

    private final List<CompletableFuture<Integer>> posts = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private int done;
    private final Callbacks callbacks = new Callbacks(
            (url, result) -> {
                CompletableFuture<Integer> answer = new CompletableFuture<>();
                posts.add(answer);
                return answer;
            },
            (millis, task) -> {
                pauses.add(millis);
                task.run();
            });

    private void deliver() {
        callbacks.deliver(URL, AsyncResultsTest.result(1), () -> done++);
    }

    private void answers(int status) {
        assertThat(posts.get(posts.size() - 1).complete(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void a_result_that_was_taken_is_posted_once(int status) {
        deliver();
        answers(status);
        assertThat(posts).hasSize(1);
        assertThat(done).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void what_may_help_is_tried_three_times_with_pauses(int status) {
        deliver();
        answers(status);
        answers(status);
        assertThat(done).isZero();
        answers(status);
        assertThat(posts).hasSize(3);
        assertThat(pauses).containsExactly(1_000L, 5_000L);
        assertThat(done).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404})
    void redirects_and_refusals_are_final(int status) {
        deliver();
        answers(status);
        assertThat(posts).hasSize(1);
        assertThat(done).isEqualTo(1);
    }

    @Test
    void one_that_cannot_be_reached_is_tried_again() {
        deliver();
        assertThat(posts.get(0).completeExceptionally(new IOException("refused")))
                .isTrue();
        answers(200);
        assertThat(posts).hasSize(2);
        assertThat(done).isEqualTo(1);
    }

    @Test
    void not_more_than_sixteen_are_under_way() {
        for (int i = 0; i < 20; i++) {
            deliver();
        }
        assertThat(posts).hasSize(16);
        posts.get(0).complete(200);
        assertThat(posts).hasSize(17);
        List.copyOf(posts).forEach(post -> post.complete(200));
        List.copyOf(posts).forEach(post -> post.complete(200));
        assertThat(posts).hasSize(20);
        assertThat(done).isEqualTo(20);
    }

    @Test
    void there_are_no_further_tries_when_the_node_has_stopped() {
        callbacks.close();
        deliver();
        answers(500);
        assertThat(posts).hasSize(1);
        assertThat(done).isEqualTo(1);
    }
}

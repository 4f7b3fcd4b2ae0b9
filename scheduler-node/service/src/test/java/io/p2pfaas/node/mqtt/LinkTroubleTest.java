package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinkTroubleTest {
    private final ManualClock clock = new ManualClock();
    private final LinkTrouble trouble = new LinkTrouble(clock);

    @Test
    void the_last_failure_is_kept_with_its_time() {
        trouble.failed("mqtt://a", "refused", false);
        clock.advance(Duration.ofSeconds(1));
        trouble.failed("mqtt://b", "unknown CA", false);
        assertThat(trouble.seen().failure())
                .contains(new LinkTrouble.Failure("mqtt://b", "unknown CA", false, clock.getAsLong()));
        assertThat(trouble.seen().lossesLastMinute()).isZero();
    }

    @Test
    void losses_are_counted_for_a_minute() {
        for (int i = 0; i < 20; i++) {
            trouble.failed("mqtt://a", "lost", true);
        }
        assertThat(trouble.seen().lossesLastMinute()).isEqualTo(16);
        clock.advance(Duration.ofSeconds(61));
        assertThat(trouble.seen().lossesLastMinute()).isZero();
    }

    @Test
    void what_is_refused_is_told_by_name_until_the_next_connection_or_until_it_is_taken() {
        trouble.subscriptionAnswered(List.of("a", "b"), List.of("not_authorized", ""));
        trouble.publishRefused("t");
        trouble.publishRefused("t");
        assertThat(trouble.seen().refusedFilters()).containsOnlyKeys("a").containsValue("not_authorized");
        assertThat(trouble.seen().refusedTopics()).containsEntry("t", 2L);
        trouble.subscriptionAnswered(List.of("a"), List.of(""));
        assertThat(trouble.seen().refusedFilters()).isEmpty();
        trouble.connected();
        assertThat(trouble.seen().refusedTopics()).isEmpty();
    }

    @Test
    void what_is_kept_has_a_bound() {
        for (int i = 0; i < 1000; i++) {
            trouble.publishRefused("t" + i);
        }
        assertThat(trouble.seen().refusedTopics()).hasSize(32);
    }
}

package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.runtime.docker.ReplicaPool.Ended;
import org.junit.jupiter.api.Test;

final class ReplicaHealthTest {
    private final ReplicaHealth limited = new ReplicaHealth(true);
    private final ReplicaHealth unlimited = new ReplicaHealth(false);
    private final Replica replica = new Replica(1);

    private void end(ReplicaHealth health, Ended how, int times) {
        for (int i = 0; i < times; i++) {
            health.ended(replica, how);
        }
    }

    @Test
    void whoever_answers_is_sound() {
        end(limited, Ended.ANSWERED, 100);
        end(limited, Ended.OVER, 100);

        assertThat(limited.isPastHelp(replica)).isFalse();
        assertThat(limited.whyReplaced(replica)).isNull();
    }

    @Test
    void calls_that_are_broken_in_a_row_show_that_it_is_not() {
        end(limited, Ended.BROKEN, ReplicaHealth.MOST_BROKEN - 1);
        assertThat(limited.isPastHelp(replica)).isFalse();
        end(limited, Ended.ANSWERED, 1);
        end(limited, Ended.BROKEN, ReplicaHealth.MOST_BROKEN - 1);
        assertThat(limited.isPastHelp(replica)).isFalse();
        end(limited, Ended.BROKEN, 1);

        assertThat(limited.isPastHelp(replica)).isTrue();
        assertThat(limited.whyReplaced(replica)).isEqualTo("it broke 3 calls in a row");
    }

    @Test
    void one_call_that_is_given_up_is_enough_to_replace_it_once_it_has_no_others() {
        end(limited, Ended.EXPIRED, 1);

        assertThat(limited.isPastHelp(replica)).as("its other places work").isFalse();
        assertThat(limited.whyReplaced(replica)).isEqualTo("it did not end calls that nobody waited for any more");
    }

    @Test
    void a_caller_that_leaves_takes_a_place_only_where_places_are_counted() {
        end(unlimited, Ended.LEFT, 100);
        assertThat(unlimited.whyReplaced(replica)).isNull();
        end(limited, Ended.LEFT, 1);

        assertThat(limited.whyReplaced(replica)).isNotNull();
    }

    @Test
    void without_a_limit_many_calls_that_are_given_up_show_that_it_hangs() {
        end(unlimited, Ended.EXPIRED, ReplicaHealth.MOST_ABANDONED - 1);
        assertThat(unlimited.isPastHelp(replica)).isFalse();
        end(unlimited, Ended.EXPIRED, 1);

        assertThat(unlimited.isPastHelp(replica)).isTrue();
    }
}

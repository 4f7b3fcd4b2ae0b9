package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyTopicsTest {
    private final ReplyTopics plain = new ReplyTopics("site/p2pfaas/v1/", List.of());
    private final ReplyTopics generous =
            new ReplyTopics("site/p2pfaas/v1/", List.of("out/+/result", "all/#", "exact", "+/two"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site/p2pfaas/v1/cli/me/rsp",
                "site/p2pfaas/v1/cli/x",
                "site/p2pfaas/v1/dev/d1/rsp",
                "site/p2pfaas/v1/dev/d1/rsp/r1"
            })
    void callers_inboxes_are_allowed(String topic) {
        assertThat(plain.isAllowed(topic)).isTrue();
        assertThat(generous.isAllowed(topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "site/p2pfaas/v1/cli/",
                "site/p2pfaas/v1/cli",
                "site/p2pfaas/v1/clix/me",
                "site/p2pfaas/v1/cli/+",
                "site/p2pfaas/v1/cli/#",
                "site/p2pfaas/v1/dev/d1",
                "site/p2pfaas/v1/dev/d1/req/f/r",
                "site/p2pfaas/v1/dev//rsp",
                "site/p2pfaas/v1/dev/a b/rsp",
                "site/p2pfaas/v1/node/n1/rsp",
                "site/p2pfaas/v1/node/n1/state",
                "site/p2pfaas/v1/spill/f",
                "site/p2pfaas/v1/config/scheduler",
                "p2pfaas/v1/cli/me/rsp",
                "/site/p2pfaas/v1/cli/me",
                "$SYS/x",
                "$share/g/site/p2pfaas/v1/cli/me",
                "out/a/result"
            })
    void everything_else_is_not(String topic) {
        assertThat(plain.isAllowed(topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out/a/result", "out//result", "all", "all/x/y", "exact", "one/two", "/two"})
    void what_the_operator_names_is_allowed(String topic) {
        assertThat(generous.isAllowed(topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"out/a/b/result", "out/a", "out/a/result/x", "allx", "exact/", "two", "$SYS/two", "out/+/result"
            })
    void what_does_not_match_is_not(String topic) {
        assertThat(generous.isAllowed(topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {513, 65_535})
    void a_topic_of_absurd_length_is_not(int length) {
        assertThat(plain.isAllowed("site/p2pfaas/v1/cli/" + "x".repeat(length))).isFalse();
    }
}

package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventsCommandTest {
    private static EventsCommand.Event event(long atMillis, String text) {
        return new EventsCommand.Event(atMillis, "n1", "policy", text);
    }

    @Test
    void an_event_is_told_once_though_its_age_is_rounded() {
        List<EventsCommand.Event> told = new ArrayList<>();
        assertThat(EventsCommand.fresh(List.of(event(1000, "a")), told)).hasSize(1);
        assertThat(EventsCommand.fresh(List.of(event(2100, "a")), told)).isEmpty();
    }

    @Test
    void the_same_words_later_are_another_event() {
        List<EventsCommand.Event> told = new ArrayList<>(List.of(event(1000, "a")));
        assertThat(EventsCommand.fresh(List.of(event(9000, "a"), event(1000, "b")), told))
                .hasSize(2);
    }
}

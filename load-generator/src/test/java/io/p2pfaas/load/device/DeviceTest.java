package io.p2pfaas.load.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device on a line that does what it is told. */
final class DeviceTest {
    private static final DeviceCall CALL = new DeviceCall("n1", "work", ByteBuffer.allocate(0), Map.of());
    private static final DeviceReply.Answered ANSWER = new DeviceReply.Answered(200, Map.of(), ByteBuffer.allocate(0));

    private final List<String> published = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<DeviceReply> replies = new ArrayList<>();
    private int connects;
    private boolean publishFails;
    private final Device device = new Device(listener -> new FakeLine(), later::add);

    private final class FakeLine implements Line {
        @Override
        public void connect() {
            connects++;
        }

        @Override
        public void publish(String key, DeviceCall call) throws NotPublished {
            if (publishFails) {
                throw new NotPublished(new IllegalStateException("no"));
            }
            published.add(key);
        }

        @Override
        public void close() {}
    }

    private Runnable call() {
        return device.call(CALL, replies::add);
    }

    @Test
    void a_device_that_is_not_connected_loses_its_call_at_once() {
        device.connect();
        call();
        assertThat(replies).containsExactly(new DeviceReply.Lost("the device is not connected"));
        assertThat(published).isEmpty();
    }

    @Test
    void calls_beyond_the_window_wait_for_an_acknowledgement_and_not_for_an_answer() {
        device.onUp(2);
        for (int i = 0; i < 4; i++) {
            call();
        }
        assertThat(published).hasSize(2);
        device.onAnswer(published.get(0), ANSWER);
        assertThat(published).as("an answer may overtake its acknowledgement").hasSize(2);
        device.onAcknowledged(published.get(0));
        device.onAcknowledged(published.get(1));
        assertThat(published).hasSize(4).doesNotHaveDuplicates();
        published.subList(1, 4).forEach(key -> device.onAnswer(key, ANSWER));
        assertThat(replies).hasSize(4).containsOnly(ANSWER);
    }

    @Test
    void a_broken_connection_loses_everything_in_flight_once_and_is_made_again() {
        device.onUp(1);
        call();
        call();
        device.onDown("gone");
        assertThat(replies).containsExactly(new DeviceReply.Lost("gone"), new DeviceReply.Lost("gone"));
        device.onRefused(published.get(0), "late news of the old connection");
        device.onAnswer(published.get(0), ANSWER);
        assertThat(replies).hasSize(2);
        later.forEach(Runnable::run);
        assertThat(connects).isEqualTo(1);
        device.onUp(1);
        call();
        assertThat(published).hasSize(2);
    }

    @Test
    void a_call_given_up_is_not_sent_any_more_and_not_answered() {
        device.onUp(1);
        Runnable first = call();
        Runnable second = call();
        call();
        second.run();
        device.onAcknowledged(published.get(0));
        assertThat(published).hasSize(2);
        first.run();
        device.onAnswer(published.get(0), ANSWER);
        assertThat(replies).isEmpty();
        device.onAnswer(published.get(1), ANSWER);
        assertThat(replies).containsExactly(ANSWER);
    }

    @Test
    void a_call_that_nobody_will_hear_is_lost_and_makes_room_for_the_next() {
        device.onUp(1);
        call();
        call();
        device.onRefused(published.get(0), "no matching subscribers");
        assertThat(replies).containsExactly(new DeviceReply.Lost("no matching subscribers"));
        assertThat(published).hasSize(2);
    }

    @Test
    void calls_that_cannot_be_published_are_lost_and_do_not_hold_up_those_behind_them() {
        device.onUp(1);
        call();
        call();
        call();
        publishFails = true;
        device.onAcknowledged(published.get(0));
        assertThat(replies).hasSize(2).containsOnly(new DeviceReply.Lost("not published: no"));
        publishFails = false;
        call();
        assertThat(published).hasSize(2);
    }

    @Test
    void a_closed_device_does_not_connect_again() {
        device.onUp(1);
        call();
        device.close();
        assertThat(replies).containsExactly(new DeviceReply.Lost("the device was closed"));
        assertThat(later).isEmpty();
    }

    @Test
    void the_window_stays_below_what_the_broker_allows() {
        assertThat(Limits.window(null)).isEqualTo(Limits.MAX_WINDOW);
        assertThat(Limits.window(20)).isEqualTo(18);
        assertThat(Limits.window(1)).isEqualTo(1);
        assertThat(Limits.window(65_535)).isEqualTo(Limits.MAX_WINDOW);
    }
}

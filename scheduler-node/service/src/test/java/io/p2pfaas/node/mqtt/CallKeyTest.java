package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class CallKeyTest {
    private static final int MOST_THAT_MQTT_CARRIES = 65_535;

    private static ByteBuffer bytes(int length, int last) {
        byte[] bytes = new byte[length];
        bytes[length - 1] = (byte) last;
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void a_short_name_is_kept_as_it_is() {
        assertThat(CallKey.of("cli/a", ByteBuffer.wrap(new byte[] {1, 0x2a}))).isEqualTo("cli/a 012a");
        assertThat(CallKey.of("cam7/echo/1")).isEqualTo("cam7/echo/1");
    }

    @Test
    void a_long_name_takes_no_more_room_than_a_short_one_and_stays_itself() {
        String one = CallKey.of("cli/a", bytes(MOST_THAT_MQTT_CARRIES, 1));

        assertThat(one).hasSizeLessThan(100).isEqualTo(CallKey.of("cli/a", bytes(MOST_THAT_MQTT_CARRIES, 1)));
        assertThat(one).isNotEqualTo(CallKey.of("cli/a", bytes(MOST_THAT_MQTT_CARRIES, 2)));
        assertThat(one).isNotEqualTo(CallKey.of("cli/b", bytes(MOST_THAT_MQTT_CARRIES, 1)));
        assertThat(CallKey.of("x".repeat(MOST_THAT_MQTT_CARRIES))).hasSizeLessThan(100);
    }

    @Test
    void reading_a_name_leaves_the_buffer_as_it_was() {
        ByteBuffer correlation = bytes(3, 9);
        String unused = CallKey.of("cli/a", correlation);
        assertThat(correlation.remaining()).isEqualTo(3);
    }
}

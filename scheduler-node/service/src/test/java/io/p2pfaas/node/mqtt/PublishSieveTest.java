package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublishSieveTest {
    private static final byte[] PING = {(byte) 0xD0, 0};

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return joined(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] varint(int number) {
        return number < 128
                ? new byte[] {(byte) number}
                : new byte[] {(byte) ((number & 127) | 128), (byte) (number >> 7)};
    }

    private static byte[] publish(byte[]... properties) {
        byte[] all = joined(properties);
        byte[] rest = joined(text("p2pfaas/v1/fn/echo"), new byte[] {0, 7}, varint(all.length), all, new byte[] {'x'});
        return joined(new byte[] {0x32}, varint(rest.length), rest);
    }

    private static byte[] responseTopic(String topic) {
        return joined(new byte[] {8}, text(topic));
    }

    /** What comes out, packet by packet, if so many bytes come in at once. */
    private static List<byte[]> through(int bytesAtOnce, byte[]... packets) {
        EmbeddedChannel channel = new EmbeddedChannel(new PublishSieve());
        byte[] all = joined(packets);
        for (int i = 0; i < all.length; i += bytesAtOnce) {
            channel.writeInbound(Unpooled.copiedBuffer(all, i, Math.min(bytesAtOnce, all.length - i)));
        }
        List<byte[]> out = new ArrayList<>();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            out.add(ByteBufUtil.getBytes(next));
            next.release();
        }
        channel.finishAndReleaseAll();
        return out;
    }

    @Test
    void what_is_right_passes_unchanged_however_it_is_cut() {
        byte[] call = publish(
                new byte[] {1, 1},
                new byte[] {2, 0, 0, 0, 9},
                joined(new byte[] {3}, text("text/plain")),
                responseTopic("p2pfaas/v1/cli/me/rsp"),
                joined(new byte[] {9}, text("+#")),
                new byte[] {0x0B, (byte) 0x81, 1},
                joined(new byte[] {0x26}, text("a#"), text("+")));
        for (int bytesAtOnce : new int[] {1, 2, 3, 7, 1000}) {
            assertThat(through(bytesAtOnce, call, PING, call)).containsExactly(call, PING, call);
        }
    }

    @Test
    void a_response_topic_with_wildcards_becomes_one_to_which_nothing_is_sent() {
        for (String wrong : List.of("p2pfaas/v1/cli/#", "+", "a\0")) {
            assertThat(through(1, publish(responseTopic(wrong)), PING))
                    .containsExactly(publish(responseTopic("?".repeat(wrong.length()))), PING);
        }
    }

    @Test
    void an_empty_response_topic_is_left_out() {
        byte[] type = joined(new byte[] {3}, text("t".repeat(119)));
        byte[] id = joined(new byte[] {9}, text("1"));
        assertThat(through(1, publish(type, responseTopic(""), id), PING)).containsExactly(publish(type, id), PING);
        assertThat(through(1000, publish(responseTopic("")), PING)).containsExactly(publish(), PING);
    }

    @Test
    void a_payload_format_that_there_is_not_becomes_bytes() {
        assertThat(through(1, publish(new byte[] {1, 2}))).containsExactly(publish(new byte[] {1, 0}));
    }

    @Test
    void what_is_no_packet_is_left_to_the_client() {
        byte[] noLength = {0x32, -1, -1, -1, -1, 1, 2};
        byte[] shortText = {0x32, 3, 0, 9, 'x'};
        byte[] shortProperty = publish(new byte[] {8, 0, 9, 'a'});
        byte[] unknown = publish(new byte[] {0x55, 1});
        assertThat(through(1000, noLength)).containsExactly(noLength);
        for (byte[] odd : List.of(shortText, shortProperty, unknown)) {
            assertThat(through(1, odd, PING)).containsExactly(odd, PING);
        }
    }
}

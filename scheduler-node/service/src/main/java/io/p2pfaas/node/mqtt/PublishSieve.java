package io.p2pfaas.node.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Takes out of publishes what the MQTT client would end the connection for though brokers pass it on (Mosquitto 2.0 does):
 * response topics that are none, and payload format indicators that there are not. Else any device could cut all nodes
 * from the broker, as often as it likes. Stands before the client's decoder, and hands it whole packets.
 */
final class PublishSieve extends ByteToMessageDecoder {
    static final String NAME = "p2pfaas-sieve";

    private static final int PUBLISH = 3;
    private static final int MAX_LENGTH_BYTES = 4;
    /** Stands where a wildcard was: no topic of ours has it, so nothing is sent there. */
    private static final int NO_TOPIC = '?';

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        Reader reader = new Reader(in, start + 1, in.writerIndex());
        int length = reader.varint();
        if (reader.isShort) {
            if (in.readableBytes() > MAX_LENGTH_BYTES) {
                // No packet has such a length: the client says so itself.
                out.add(in.readRetainedSlice(in.readableBytes()));
            }
            return;
        }
        int end = reader.at + length;
        if (in.writerIndex() < end) {
            return;
        }
        int header = in.getUnsignedByte(start);
        int empty = header >> 4 == PUBLISH ? sieve(in, reader.at, end, (header & 6) != 0) : -1;
        if (empty < 0) {
            out.add(in.readRetainedSlice(end - start));
        } else {
            out.add(without(context, in, reader.at, end, empty));
            in.readerIndex(end);
        }
    }

    /** Mends what has its length; tells where an empty response topic is, or -1. */
    private static int sieve(ByteBuf in, int start, int end, boolean hasId) {
        Reader reader = new Reader(in, start, end);
        reader.skipText();
        reader.skip(hasId ? 2 : 0);
        int length = reader.varint();
        Reader properties = new Reader(in, reader.at, Math.min(end, reader.at + length));
        int empty = -1;
        while (!reader.isShort && !properties.isShort && properties.at < properties.end) {
            int place = properties.at;
            switch (in.getUnsignedByte(properties.at++)) {
                case 0x01 -> {
                    properties.skip(1);
                    if (!properties.isShort && in.getUnsignedByte(place + 1) > 1) {
                        in.setByte(place + 1, 0);
                    }
                }
                case 0x08 -> {
                    properties.skipText();
                    if (!properties.isShort && properties.at == place + 3) {
                        empty = place;
                    } else if (!properties.isShort) {
                        mendTopic(in, place + 3, properties.at);
                    }
                }
                case 0x02 -> properties.skip(4);
                case 0x23 -> properties.skip(2);
                case 0x0B -> properties.varint();
                case 0x03, 0x09 -> properties.skipText();
                case 0x26 -> {
                    properties.skipText();
                    properties.skipText();
                }
                default -> {
                    return empty;
                }
            }
        }
        return properties.isShort ? -1 : empty;
    }

    private static void mendTopic(ByteBuf in, int from, int to) {
        boolean isNone = false;
        for (int i = from; i < to; i++) {
            int c = in.getByte(i);
            isNone |= c == '+' || c == '#' || c == 0;
        }
        for (int i = from; isNone && i < to; i++) {
            in.setByte(i, NO_TOPIC);
        }
    }

    /** The packet without the three bytes at {@code empty}. */
    private static ByteBuf without(ChannelHandlerContext context, ByteBuf in, int start, int end, int empty) {
        Reader reader = new Reader(in, start, end);
        reader.skipText();
        reader.skip((in.getUnsignedByte(in.readerIndex()) & 6) != 0 ? 2 : 0);
        int idEnd = reader.at;
        int length = reader.varint() - 3;
        int rest = idEnd - start + bytes(length) + (end - reader.at) - 3;
        ByteBuf packet = context.alloc().buffer(1 + MAX_LENGTH_BYTES + rest);
        packet.writeByte(in.getByte(in.readerIndex()));
        writeVarint(packet, rest);
        packet.writeBytes(in, start, idEnd - start);
        writeVarint(packet, length);
        packet.writeBytes(in, reader.at, empty - reader.at);
        packet.writeBytes(in, empty + 3, end - empty - 3);
        return packet;
    }

    private static int bytes(int number) {
        return number < 0x80 ? 1 : number < 0x4000 ? 2 : number < 0x20_0000 ? 3 : MAX_LENGTH_BYTES;
    }

    private static void writeVarint(ByteBuf out, int number) {
        int left = number;
        while (left >= 0x80) {
            out.writeByte((left & 0x7f) | 0x80);
            left >>= 7;
        }
        out.writeByte(left);
    }

    /** Reads without moving the buffer's own place; {@code isShort} once there is not enough, or a number has no end. */
    private static final class Reader {
        private final ByteBuf in;
        private final int end;
        private int at;
        private boolean isShort;

        Reader(ByteBuf in, int at, int end) {
            this.in = in;
            this.at = at;
            this.end = end;
        }

        void skip(int bytes) {
            isShort |= end - at < bytes;
            at = isShort ? at : at + bytes;
        }

        void skipText() {
            isShort |= end - at < 2;
            skip(isShort ? 0 : 2 + in.getUnsignedShort(at));
        }

        int varint() {
            int number = 0;
            for (int i = 0; i < MAX_LENGTH_BYTES && at < end; i++) {
                int next = in.getUnsignedByte(at++);
                number |= (next & 0x7f) << (7 * i);
                if (next < 0x80) {
                    return number;
                }
            }
            isShort = true;
            return 0;
        }
    }
}

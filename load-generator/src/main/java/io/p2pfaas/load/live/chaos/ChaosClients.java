package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.device.DeviceCall;
import io.p2pfaas.load.device.DeviceFleet;
import io.p2pfaas.load.device.DeviceFleet.Protocol;
import io.p2pfaas.load.device.DeviceReply;
import io.p2pfaas.load.live.HttpTransport;
import io.p2pfaas.load.live.MqttTransport;
import io.p2pfaas.load.live.Pace;
import io.p2pfaas.load.live.PlannedCall;
import io.p2pfaas.load.live.Reply;
import io.p2pfaas.load.live.Transport;
import io.p2pfaas.load.live.cluster.Cluster;
import io.p2pfaas.load.live.ledger.Close;
import io.p2pfaas.load.live.ledger.Entry;
import io.p2pfaas.load.plan.Experiment.Via;
import io.p2pfaas.load.plan.HeaderField;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Callers of all kinds, who write down what they do and see. */
final class ChaosClients implements Transport, AutoCloseable {
    private static final String CALL_ID = "X-Call-Id";
    private static final int DEVICES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How transports begin to say that a call reached no node. */
    private static final List<String> NOT_LET_IN = List.of(
            "HttpHostConnectException",
            "ConnectTimeoutException",
            "RequestNotExecutedException",
            "the device is not connected",
            "not published",
            "no matching subscribers");

    private final Cluster cluster;
    private final CallMix mix;
    private final String prefix;
    private final Duration budget;
    private final Consumer<Entry> journal;
    private final HttpTransport http;
    private final DeviceFleet five;
    private final DeviceFleet three;

    /**
     * Connects all devices.
     *
     * @param prefix begins the ids of calls; a letter of its own for each set of clients in a run
     * @param fleetId begins client ids; new in each run
     */
    ChaosClients(
            Cluster cluster,
            CallMix mix,
            Pace pace,
            Duration budget,
            String prefix,
            String fleetId,
            Consumer<Entry> journal) {
        this.cluster = cluster;
        this.mix = mix;
        this.prefix = prefix;
        this.budget = budget;
        this.journal = journal;
        http = new HttpTransport(pace.timeout(), pace.maxInFlight(), this::request);
        five = new DeviceFleet(cluster.broker(), Protocol.MQTT5, fleetId + "5-", DEVICES, this::onStray);
        three = new DeviceFleet(cluster.broker(), Protocol.MQTT311, fleetId + "3-", DEVICES, this::onStray);
        if (!five.awaitUp(PATIENCE) || !three.awaitUp(PATIENCE)) {
            close();
            throw new IllegalStateException("devices cannot connect to the broker " + cluster.broker());
        }
    }

    private String id(int number) {
        return prefix + number;
    }

    private Instruction instruction(PlannedCall call) {
        return mix.instruction(id(call.number()), call.payload(), call.number());
    }

    private HttpTransport.Request request(PlannedCall call) {
        return new HttpTransport.Request(
                cluster.urls().get(call.node()).resolve("/function/" + mix.function(call.payload())),
                List.of(new HeaderField("Content-Type", "text/plain"), new HeaderField(CALL_ID, id(call.number()))),
                instruction(call).bytes());
    }

    @Override
    public Runnable send(PlannedCall call, Consumer<Reply> onReply) {
        Via via = CallMix.CLIENTS.get(call.client());
        String node = cluster.ids().get(call.node());
        String function = mix.function(call.payload());
        journal.accept(new Entry.Sent(
                System.nanoTime(),
                id(call.number()),
                via,
                via == Via.MQTT311 ? "" : node,
                function.equals(CallMix.WORK),
                budget.toNanos()));
        if (via == Via.HTTP) {
            return http.send(call, onReply);
        }
        boolean isFive = via == Via.MQTT5;
        ByteBuffer body = instruction(call).bytes();
        DeviceCall deviceCall = new DeviceCall(node, function, body, Map.of(CALL_ID, id(call.number())));
        return (isFive ? five : three).call(deviceCall, reply -> {
            compare(call, body, reply);
            onReply.accept(MqttTransport.translate(reply, isFive));
        });
    }

    /** The function echoes: another body is another call's answer. */
    private void compare(PlannedCall call, ByteBuffer body, DeviceReply reply) {
        if (reply instanceof DeviceReply.Answered answered
                && answered.status() / 100 == 2
                && !answered.body().equals(body)) {
            journal.accept(new Entry.Mistaken(System.nanoTime(), id(call.number()), text(answered.body())));
        }
    }

    private void onStray(DeviceReply.Answered answer) {
        String text = text(answer.body());
        String call;
        try {
            call = Instruction.parse(text).call();
        } catch (IllegalArgumentException ignored) {
            // A failure; it does not say whose.
            call = "";
        }
        journal.accept(new Entry.Stray(System.nanoTime(), call));
    }

    private static String text(ByteBuffer body) {
        return StandardCharsets.US_ASCII.decode(body.duplicate()).toString();
    }

    /** Writes down how a call ended. */
    void ended(Outcome outcome, long startNanos) {
        if (!(outcome instanceof Outcome.Sent sent)) {
            // It was never written down as sent.
            return;
        }
        long at = startNanos + sent.endNanos();
        if (outcome instanceof Outcome.Answered answered) {
            Close close = switch (answered.state()) {
                case OK -> Close.DONE;
                case REJECTED -> Close.REJECTED;
                default -> Close.FAILED;
            };
            journal.accept(new Entry.Ended(at, id(outcome.call()), close, answered.status(), answered.reason()));
        } else if (outcome instanceof Outcome.Unanswered unanswered) {
            journal.accept(new Entry.Ended(at, id(outcome.call()), close(unanswered), 0, unanswered.detail()));
        }
    }

    private static Close close(Outcome.Unanswered unanswered) {
        if (unanswered.state() == EndState.TIMEOUT) {
            return Close.SILENT;
        }
        if (unanswered.state() == EndState.CUT_OFF) {
            return Close.NOT_SENT;
        }
        return NOT_LET_IN.stream().anyMatch(unanswered.detail()::startsWith) ? Close.NOT_LET_IN : Close.BROKEN;
    }

    @Override
    public void close() {
        http.close();
        five.close();
        three.close();
    }
}

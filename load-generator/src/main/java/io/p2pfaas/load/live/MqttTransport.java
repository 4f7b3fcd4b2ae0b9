package io.p2pfaas.load.live;

import io.p2pfaas.load.device.DeviceCall;
import io.p2pfaas.load.device.DeviceFleet;
import io.p2pfaas.load.device.DeviceReply;
import io.p2pfaas.load.record.Executor;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/** Calls from MQTT devices. */
public final class MqttTransport implements Transport {
    private static final String REASON = "reason";
    private static final int FIRST_ERROR = 400;

    private final DeviceFleet fleet;
    private final Function<PlannedCall, DeviceCall> calls;
    private final boolean hasProperties;

    /**
     * Over a fleet, which stays the caller's to close.
     *
     * @param calls says what to send; asked by the pacing thread
     * @param hasProperties whether answers say who executed the call: those of MQTT 5
     */
    MqttTransport(DeviceFleet fleet, Function<PlannedCall, DeviceCall> calls, boolean hasProperties) {
        this.fleet = fleet;
        this.calls = calls;
        this.hasProperties = hasProperties;
    }

    @Override
    public Runnable send(PlannedCall call, Consumer<Reply> onReply) {
        return fleet.call(calls.apply(call), reply -> onReply.accept(translate(reply, hasProperties)));
    }

    /** What an answer to a device means for a run. */
    public static Reply translate(DeviceReply reply, boolean hasProperties) {
        if (reply instanceof DeviceReply.Lost lost) {
            return new Reply.Broken(lost.detail());
        }
        DeviceReply.Answered answered = (DeviceReply.Answered) reply;
        Map<String, String> properties = answered.properties();
        Executor executor = hasProperties
                ? NodeAnswer.executor(
                        properties.get(NodeAnswer.EXTERNALLY_EXECUTED), properties.get(NodeAnswer.PEERS_LIST_ID))
                : Executor.UNKNOWN;
        if (answered.status() > 0 && answered.status() < FIRST_ERROR) {
            return new Reply.Answer(answered.status(), OptionalInt.empty(), executor);
        }
        byte[] body = new byte[answered.body().remaining()];
        answered.body().duplicate().get(body);
        OptionalInt code = NodeAnswer.errorCode(body, body.length);
        String reason = properties.getOrDefault(REASON, code.isPresent() ? NodeAnswer.reason(body, body.length) : "");
        return new Reply.Answer(answered.status(), code, executor, reason);
    }
}

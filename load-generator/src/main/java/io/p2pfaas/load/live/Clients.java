package io.p2pfaas.load.live;

import io.p2pfaas.load.device.DeviceCall;
import io.p2pfaas.load.device.DeviceFleet;
import io.p2pfaas.load.device.DeviceFleet.Protocol;
import io.p2pfaas.load.live.cluster.Cluster;
import io.p2pfaas.load.plan.Experiment.ClientSpec;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Experiment.Via;
import io.p2pfaas.load.plan.HeaderField;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The clients of one run, connected. */
final class Clients implements AutoCloseable {
    private static final String TASK_TYPE = "X-P2pfaas-Scheduler-Learning-Task-Type";
    private static final String DEADLINE = "X-P2pfaas-Scheduler-Learning-Deadline";
    private static final String TRACING_ID = "X-P2pfaas-Scheduler-Task-Tracing-Id";
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final String function;
    private final List<URI> targets;
    private final List<PayloadSpec> payloads;
    private final List<ByteBuffer> bodies;
    private final List<HttpTransport> httpTransports = new ArrayList<>();
    private final List<DeviceFleet> fleets = new ArrayList<>();
    private final Transport transport;

    /**
     * Connects all devices.
     *
     * @param fleetId new for every run, begins all client ids
     * @throws IllegalStateException if devices cannot connect
     */
    Clients(LivePoint point, Cluster cluster, Pace pace, String fleetId) {
        this.cluster = cluster;
        function = point.shape().function().name();
        targets = cluster.urls().stream()
                .map(url -> url.resolve("/function/" + function))
                .toList();
        payloads = point.payloads();
        bodies = payloads.stream().map(Clients::body).toList();
        List<Transport> byClient = new ArrayList<>();
        for (ClientSpec client : point.clients()) {
            byClient.add(connect(client, pace, fleetId + byClient.size() + "-"));
        }
        transport = new MixedTransport(byClient);
        for (DeviceFleet fleet : fleets) {
            if (!fleet.awaitUp(CONNECT_PATIENCE)) {
                close();
                throw new IllegalStateException("devices cannot connect to the broker " + cluster.broker());
            }
        }
    }

    private static ByteBuffer body(PayloadSpec payload) {
        byte[] letters = new byte[payload.bytes()];
        Arrays.fill(letters, (byte) 'x');
        return ByteBuffer.wrap(letters);
    }

    private Transport connect(ClientSpec client, Pace pace, String idPrefix) {
        if (client.via() == Via.HTTP) {
            HttpTransport http = new HttpTransport(pace.timeout(), pace.maxInFlight(), this::request);
            httpTransports.add(http);
            return http;
        }
        boolean isFive = client.via() == Via.MQTT5;
        DeviceFleet fleet = new DeviceFleet(
                cluster.broker(), isFive ? Protocol.MQTT5 : Protocol.MQTT311, idPrefix, Math.max(1, client.devices()));
        fleets.add(fleet);
        return new MqttTransport(fleet, this::deviceCall, isFive);
    }

    Transport transport() {
        return transport;
    }

    private HttpTransport.Request request(PlannedCall call) {
        List<HeaderField> headers = new ArrayList<>();
        headers.add(new HeaderField("Content-Type", "application/octet-stream"));
        fields(call).forEach((name, value) -> headers.add(new HeaderField(name, value)));
        return new HttpTransport.Request(targets.get(call.node()), headers, bodies.get(call.payload()));
    }

    private DeviceCall deviceCall(PlannedCall call) {
        return new DeviceCall(cluster.ids().get(call.node()), function, bodies.get(call.payload()), fields(call));
    }

    /** What nodes are told of a call beside its body; nodes count from 0 in it, as the original's tools do. */
    private Map<String, String> fields(PlannedCall call) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(TASK_TYPE, Integer.toString(call.payload()));
        Duration deadline = payloads.get(call.payload()).deadline();
        if (deadline != null) {
            fields.put(DEADLINE, TimeUnit.NANOSECONDS.toMicros(deadline.toNanos()) + "us");
        }
        fields.put(TRACING_ID, "n" + call.node() + "t" + call.number());
        return fields;
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        httpTransports.forEach(HttpTransport::close);
        fleets.forEach(DeviceFleet::close);
    }
}

package io.p2pfaas.node.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.UnixOperatingSystemMXBean;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.node.config.BrokerSettings;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.mqtt.BrokerLink;
import io.p2pfaas.node.mqtt.BrokerTerms;
import io.p2pfaas.node.mqtt.HiveMqTransport;
import io.p2pfaas.node.mqtt.LinkTrouble;
import io.p2pfaas.node.runtime.Deployed;
import io.p2pfaas.node.runtime.Deployments;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * What explains why a node does not work as expected, as JSON: facts, not judgements, which {@code doctor} makes of them.
 *
 * @param settings at the start
 */
record Diagnosis(
        NodeSettings settings,
        InForce inForce,
        Deployments deployments,
        NodeLoop loop,
        HiveMqTransport transport,
        BrokerLink link) {
    private static final int CONNECT_MILLIS = 2000;
    private static final int CONNECTS = 3;
    private static final long ECHO_SECONDS = 10;

    /** May take seconds: it tries the way to the broker. */
    String text() {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("node", settings.id().value())
                .put("version", Version.text())
                .put("root", settings.broker().root())
                .put("clientId", settings.broker().root() + "/" + settings.id())
                .put("scheduler", inForce.describe())
                .put("schedulerWanted", inForce.describeWanted())
                .put("heartbeatMillis", settings.call().heartbeat().toMillis())
                .put("maxBodyBytes", settings.http().maxBodyBytes())
                .put("policyFaults", policyFaults());
        link(text.putObject("link"));
        limits(text.putObject("limits"));
        settings.data().ifPresent(folder -> data(text.putObject("data"), folder));
        functions(text.putArray("functions"));
        // Last, since the rest took a moment: whoever asks compares it with the moment of the answer.
        text.put("now", System.currentTimeMillis());
        return text + "\n";
    }

    private long policyFaults() {
        return loop.look(brain -> brain.counters().policyFaults());
    }

    private void link(ObjectNode text) {
        boolean up = loop.look(NodeBrain::isLinkUp);
        String broker = transport.address();
        text.put("up", up)
                .put("broker", broker)
                .put("connected", transport.terms().isPresent());
        tcp(text, URI.create(broker));
        transport.terms().ifPresent(terms -> terms(text, terms));
        if (up) {
            echo().ifPresent(nanos -> text.put("echoMillis", (double) nanos / TimeUnit.MILLISECONDS.toNanos(1)));
        }
        long now = loop.nowNanos();
        LinkTrouble.Seen seen = transport.trouble().seen();
        seen.failure()
                .ifPresent(failure -> text.putObject("lastFailure")
                        .put("broker", failure.broker())
                        .put("reason", failure.reason())
                        .put("wasUp", failure.wasUp())
                        .put("agoMillis", millis(now - failure.atNanos())));
        text.put("lossesLastMinute", seen.lossesLastMinute());
        ArrayNode filters = text.putArray("refusedSubscriptions");
        seen.refusedFilters()
                .forEach((filter, reason) ->
                        filters.addObject().put("filter", filter).put("reason", reason));
        ArrayNode topics = text.putArray("refusedPublishes");
        seen.refusedTopics()
                .forEach(
                        (topic, times) -> topics.addObject().put("topic", topic).put("times", times));
        ObjectNode twins = text.putObject("twins").put("takeovers", seen.takeovers());
        if (seen.takeovers() > 0) {
            twins.put("takeoverAgoMillis", millis(now - seen.takeoverNanos()));
        }
        BrokerLink.Heard heard = link.heard();
        heard.twinNanos().ifPresent(at -> twins.put("heardAgoMillis", millis(now - at)));
        if (up) {
            text.put("upMillis", millis(now - heard.upNanos()))
                    .put("ownSampleAgeMillis", millis(now - heard.ownSampleNanos()));
        }
    }

    private static void terms(ObjectNode text, BrokerTerms terms) {
        text.put("maxPacketBytes", terms.maxPacketBytes());
        ArrayNode missing = text.putArray("missing");
        terms.missing().forEach(missing::add);
    }

    /** A connection of its own, which shows how far the broker is without what it does with messages. */
    private static void tcp(ObjectNode text, URI broker) {
        String host = BrokerSettings.host(broker);
        InetSocketAddress address = new InetSocketAddress(host, BrokerSettings.port(broker));
        if (address.isUnresolved()) {
            text.put("tcpFailure", "dns").put("tcpReason", "the host name " + host + " is unknown");
            return;
        }
        try {
            long quickest = Long.MAX_VALUE;
            // The first one may wait for what it needs to be loaded.
            for (int i = 0; i < CONNECTS; i++) {
                quickest = Math.min(quickest, connectNanos(address));
            }
            text.put("tcpConnectMillis", (double) quickest / TimeUnit.MILLISECONDS.toNanos(1));
        } catch (SocketTimeoutException late) {
            text.put("tcpFailure", "timeout").put("tcpReason", "no answer within " + CONNECT_MILLIS + " ms");
        } catch (ConnectException refused) {
            text.put("tcpFailure", "refused").put("tcpReason", String.valueOf(refused.getMessage()));
        } catch (IOException failed) {
            text.put("tcpFailure", "other").put("tcpReason", String.valueOf(failed.getMessage()));
        }
    }

    private static long connectNanos(InetSocketAddress address) throws IOException {
        long began = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return System.nanoTime() - began;
        }
    }

    private OptionalLong echo() {
        try {
            return link.echo()
                    .measure()
                    .toCompletableFuture()
                    .completeOnTimeout(OptionalLong.empty(), ECHO_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException lost) {
            return OptionalLong.empty();
        }
    }

    private static void limits(ObjectNode text) {
        Runtime runtime = Runtime.getRuntime();
        text.put("heapUsedBytes", runtime.totalMemory() - runtime.freeMemory())
                .put("heapMaxBytes", runtime.maxMemory())
                .put("processors", runtime.availableProcessors());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            text.put("openFiles", system.getOpenFileDescriptorCount())
                    .put("maxFiles", system.getMaxFileDescriptorCount());
        }
    }

    private static void data(ObjectNode text, Path folder) {
        text.put("folder", folder.toAbsolutePath().toString());
        try {
            FileStore store = Files.getFileStore(folder);
            text.put("usableBytes", store.getUsableSpace())
                    .put("totalBytes", store.getTotalSpace())
                    .put("writable", Files.isWritable(folder));
        } catch (IOException failed) {
            text.put("problem", failed.getClass().getSimpleName() + ": " + failed.getMessage());
        }
    }

    private void functions(ArrayNode text) {
        for (Deployed deployed : deployments.all()) {
            FunctionName name = deployed.definition().name();
            text.addObject()
                    .put("name", name.value())
                    .put("image", deployed.definition().image())
                    .put("usable", deployments.names().contains(name));
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}

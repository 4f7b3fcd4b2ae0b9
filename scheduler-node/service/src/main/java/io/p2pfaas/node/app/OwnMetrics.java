package io.p2pfaas.node.app;

import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.metrics.FunctionOnNode;
import io.p2pfaas.node.metrics.NodeMetrics;
import io.p2pfaas.node.runtime.Deployed;
import io.p2pfaas.node.runtime.Deployments;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import io.p2pfaas.node.tls.TlsFileException;
import io.p2pfaas.node.tls.TlsFiles;
import io.p2pfaas.node.tls.TlsMaterial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What a node is and how it is, as metrics. */
final class OwnMetrics {
    private static final double MILLIS_PER_SECOND = Duration.ofSeconds(1).toMillis();

    private OwnMetrics() {}

    static void register(NodeMetrics metrics, NodeSettings settings, BooleanSupplier ready, IntSupplier asyncCalls) {
        metrics.gauge(
                "p2pfaas.build.info",
                "1; the labels say which node and which program this is",
                () -> 1,
                "node",
                settings.id().value(),
                "version",
                Version.text(),
                "java",
                Runtime.version().toString());
        metrics.gauge("p2pfaas.ready", "1 if callers should come here", () -> ready.getAsBoolean() ? 1 : 0);
        metrics.gauge("p2pfaas.async.calls.open", "Asynchronous calls that have not ended", asyncCalls::getAsInt);
        expiry(metrics, "http", settings.access().tls());
        expiry(metrics, "broker", settings.broker().tls().files());
    }

    private static void expiry(NodeMetrics metrics, String use, TlsFiles files) {
        files.certificate()
                .ifPresent(file -> metrics.gauge(
                        "p2pfaas.certificate.expiry.timestamp.seconds",
                        "When the own certificate, or one of its chain, ceases to be valid, in seconds since 1970",
                        () -> expirySeconds(file),
                        "use",
                        use));
    }

    private static double expirySeconds(Path certificate) {
        try {
            return TlsMaterial.expiry(certificate).toEpochMilli() / MILLIS_PER_SECOND;
        } catch (TlsFileException ignored) {
            // Whoever uses the file says what is wrong with it; here it is a number that is none.
            return Double.NaN;
        }
    }

    static List<FunctionOnNode> functions(Deployments deployments) {
        var usable = deployments.names();
        return deployments.all().stream()
                .map(deployed -> new FunctionOnNode(
                        deployed.definition().name(),
                        usable.contains(deployed.definition().name()),
                        replicas(deployed)))
                .toList();
    }

    private static OptionalInt replicas(Deployed deployed) {
        return deployed.runtime() instanceof ReplicatedRuntime replicated
                ? OptionalInt.of(replicated.replicas().available())
                : OptionalInt.empty();
    }
}

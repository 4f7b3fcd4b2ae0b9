package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.model.Network;
import io.p2pfaas.node.runtime.docker.EngineException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Networks of functions. Their bridges' names begin alike, so that one rule of the firewall is for all of them. */
final class DockerNetworks {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String BRIDGE = "com.docker.network.bridge.name";

    private final EngineClients clients;
    private final EngineCalls calls;
    private final Map<String, Boolean> internal = new ConcurrentHashMap<>();

    DockerNetworks(EngineClients clients, EngineCalls calls) {
        this.clients = clients;
        this.calls = calls;
    }

    /** See {@link Engine#requireNetwork}. One at a time: engines make two of one name for two that ask at once. */
    synchronized void require(String name, boolean internal, Map<String, String> labels) throws EngineException {
        try {
            check(name, internal);
            return;
        } catch (EngineException failed) {
            if (failed.kind() != Kind.ABSENT) {
                throw failed;
            }
        }
        try {
            calls.ask(
                    "make network " + name,
                    ANSWER,
                    () -> clients.commands()
                            .createNetworkCmd()
                            .withName(name)
                            .withDriver("bridge")
                            .withCheckDuplicate(true)
                            .withInternal(internal)
                            .withLabels(labels)
                            .withOptions(Map.of(BRIDGE, HostFirewall.bridge(name)))
                            .exec());
        } catch (EngineException failed) {
            if (!EngineFaults.isConflict(failed)) {
                throw explained(failed);
            }
            check(name, internal);
        }
        this.internal.put(name, internal);
    }

    private void check(String name, boolean wanted) throws EngineException {
        internal.remove(name);
        if (isInternal(name) != wanted) {
            throw new EngineException(
                    Kind.REFUSED,
                    "network " + name + " is there and is " + (wanted ? "not " : "") + "internal; remove it",
                    null);
        }
    }

    private static EngineException explained(EngineException failed) {
        String message = String.valueOf(failed.getMessage());
        return message.contains("address pool")
                ? new EngineException(
                        Kind.FAILED,
                        message + "; each function has a network of its own: give the engine more with"
                                + " default-address-pools in its daemon.json",
                        failed)
                : failed;
    }

    /** Whether a network leads nowhere. */
    boolean isInternal(String name) throws EngineException {
        Boolean known = internal.get(name);
        if (known == null) {
            Network network = calls.ask(
                    "look at network " + name,
                    ANSWER,
                    () -> clients.commands()
                            .inspectNetworkCmd()
                            .withNetworkId(name)
                            .exec());
            known = Boolean.TRUE.equals(network.getInternal());
            internal.put(name, known);
        }
        return known;
    }

    /** See {@link Engine#removeNetwork}. */
    void remove(String name) throws EngineException {
        internal.remove(name);
        try {
            calls.ask(
                    "remove network " + name,
                    ANSWER,
                    () -> clients.commands().removeNetworkCmd(name).exec());
        } catch (EngineException failed) {
            boolean used = String.valueOf(failed.getMessage()).contains("active endpoints");
            if (failed.kind() != Kind.ABSENT && !used) {
                throw failed;
            }
        }
    }

    /** See {@link Engine#networks}. */
    List<String> list(String label, String value) throws EngineException {
        return calls.ask(
                "list networks",
                ANSWER,
                () ->
                        clients
                                .commands()
                                .listNetworksCmd()
                                .withFilter("label", List.of(label + "=" + value))
                                .exec()
                                .stream()
                                .map(Network::getName)
                                .toList());
    }
}

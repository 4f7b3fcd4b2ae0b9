package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.function.FunctionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a function runs in containers: what its definition says, and the node's defaults where it says nothing. Each default
 * is the safe one; what a definition relaxes is named by {@link #relaxations}.
 *
 * @param environment {@code NAME=value}, in the order given
 * @param network its own; another one if it may go out, so that neither stands in the other's way during an update
 * @param internal whether the network leads nowhere
 * @param user empty = what the image says
 * @param minReplicas so many there are, unless it may go to zero and nobody calls
 * @param toZero whether the last replica is ended too when nobody calls
 * @param concurrency calls that one replica runs at once; 0 = as many as come
 * @param pauseAfter zero = never
 * @param port at which it listens
 */
record ContainerOptions(
        FunctionName function,
        String image,
        List<String> environment,
        String owner,
        String network,
        boolean internal,
        long memoryBytes,
        long nanoCpus,
        long pids,
        boolean readOnlyRoot,
        long tmpfsBytes,
        List<String> capabilities,
        boolean newPrivileges,
        Optional<String> user,
        int minReplicas,
        int maxReplicas,
        boolean toZero,
        int concurrency,
        Duration pauseAfter,
        Duration stopAfter,
        Duration startTimeout,
        int port) {
    private static final String NAME_PREFIX = "p2pfaas-";
    private static final int HASH_LENGTH = 8;

    ContainerOptions {
        environment = List.copyOf(environment);
        capabilities = List.copyOf(capabilities);
    }

    /**
     * What a definition means on this node.
     *
     * @throws IllegalArgumentException if it says what cannot be: key, value, what is allowed
     */
    static ContainerOptions of(FunctionDefinition definition, ContainerDefaults defaults) {
        Annotations said = new Annotations(definition);
        boolean internal = said.word("network", "internal", List.of("internal", "outbound"))
                .equals("internal");
        int most = said.mostReplicas(defaults.maxReplicas());
        return new ContainerOptions(
                definition.name(),
                definition.image().substring(FunctionDefinition.DOCKER.length()),
                environment(definition.environment()),
                defaults.owner(),
                networkName(defaults.owner(), definition.name(), internal),
                internal,
                definition.limits().memoryBytes().orElse(defaults.memoryBytes()),
                definition.limits().nanoCpus().orElse(defaults.nanoCpus()),
                said.number("pids", defaults.pids(), 2, 100_000),
                definition.readOnlyRoot().orElse(true),
                said.space("tmpfs", defaults.tmpfsBytes()),
                said.capabilities(),
                said.truth("new-privileges"),
                said.user(),
                Math.min(said.leastReplicas(), most),
                most,
                said.toZero(),
                (int) said.number("concurrency", defaults.concurrency(), 0, 10_000),
                said.duration("pause-after", defaults.pauseAfter(), Duration.ZERO),
                said.duration("stop-after", defaults.stopAfter(), Duration.ofMillis(1)),
                said.duration("start-timeout", defaults.startTimeout(), Duration.ofMillis(1)),
                (int) said.number("port", 8080, 1, 65_535));
    }

    private static List<String> environment(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static String networkName(String owner, FunctionName function, boolean internal) {
        String named = NAME_PREFIX + function.value() + "-" + ownHash(owner, function);
        return internal ? named : named + "-out";
    }

    /** Nodes that share an engine may have functions of one name. */
    private static String ownHash(String owner, FunctionName function) {
        return HostFirewall.hash(owner + "\n" + function.value()).substring(0, HASH_LENGTH);
    }

    /**
     * The plan of one container.
     *
     * @param instance what tells it from the function's other containers, ended ones included
     * @param secrets the folder that has its secrets, each a file
     */
    ContainerPlan plan(String instance, Map<String, String> labels, Optional<Path> secrets) {
        return new ContainerPlan(
                NAME_PREFIX + function.value() + "-" + ownHash(owner, function) + "-" + instance,
                image,
                labels,
                environment,
                network,
                memoryBytes,
                nanoCpus,
                pids,
                readOnlyRoot,
                tmpfsBytes,
                capabilities,
                newPrivileges,
                user,
                secrets);
    }

    /** What this function may that others may not; empty for one that relaxes nothing. For the log. */
    List<String> relaxations() {
        List<String> relaxations = new ArrayList<>();
        if (!internal) {
            relaxations.add("network=outbound");
        }
        if (!capabilities.isEmpty()) {
            relaxations.add("capabilities=" + String.join(",", capabilities));
        }
        if (newPrivileges) {
            relaxations.add("new-privileges=true");
        }
        if (!readOnlyRoot) {
            relaxations.add("readOnlyRootFilesystem=false");
        }
        user.filter(name -> name.matches("(root|0+)(:.*)?")).ifPresent(name -> relaxations.add("user=" + name));
        return relaxations;
    }
}

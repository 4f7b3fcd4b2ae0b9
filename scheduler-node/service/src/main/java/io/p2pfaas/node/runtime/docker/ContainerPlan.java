package io.p2pfaas.node.runtime.docker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a container is made with. Made by {@code ContainerOptions} from a function's definition and the node's
 * defaults; nothing that is not named here is allowed to the container.
 *
 * @param name unique on the engine
 * @param environment {@code NAME=value}
 * @param network the only one it is on
 * @param memoryBytes with no swap beside it
 * @param nanoCpus billionths of a processor
 * @param pids processes and threads at most
 * @param readOnlyRoot whether only {@code /tmp} can be written to
 * @param tmpfsBytes size of {@code /tmp}, in memory
 * @param capabilities Linux capabilities that it keeps, without {@code CAP_}; all others are dropped
 * @param newPrivileges whether programs in it may gain privileges (setuid)
 * @param user as which it runs; empty = what the image says
 * @param secrets folder that it sees, read-only, as {@code /var/openfaas/secrets}
 */
record ContainerPlan(
        String name,
        String image,
        Map<String, String> labels,
        List<String> environment,
        String network,
        long memoryBytes,
        long nanoCpus,
        long pids,
        boolean readOnlyRoot,
        long tmpfsBytes,
        List<String> capabilities,
        boolean newPrivileges,
        Optional<String> user,
        Optional<Path> secrets) {
    ContainerPlan {
        labels = Map.copyOf(labels);
        environment = List.copyOf(environment);
        capabilities = List.copyOf(capabilities);
    }
}

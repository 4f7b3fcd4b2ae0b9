package io.p2pfaas.node.config;

import io.p2pfaas.core.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The name of this machine, without asking DNS, which can take seconds on a site whose uplink is down. */
final class HostName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");
    private static final int MAX_LENGTH = 64;
    private static final String FALLBACK = "node";

    private HostName() {}

    /** The name, or an empty text if it cannot be found out. */
    static String read(Map<String, String> environment) {
        try {
            if (Files.isReadable(LINUX)) {
                return Files.readString(LINUX).strip();
            }
        } catch (IOException ignored) {
            // Another system or a narrow sandbox: the environment may know.
        }
        return environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
    }

    /** A node id as close to {@code hostName} as the alphabet allows. */
    static NodeId toNodeId(String hostName) {
        String reduced = hostName.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        if (reduced.length() > MAX_LENGTH) {
            reduced = reduced.substring(0, MAX_LENGTH);
        }
        return new NodeId(reduced.isEmpty() ? FALLBACK : reduced);
    }
}

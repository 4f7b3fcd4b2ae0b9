package io.p2pfaas.node.testing;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of its own on this machine (a Linux network namespace): nobody outside reaches what listens in it, and each of
 * its ports is free. Deleted at the end, with its links. For one thread.
 */
public final class NetworkSpace implements AutoCloseable {
    private final String name;

    private NetworkSpace(String name) {
        this.name = name;
        Tool.succeed(List.of("ip", "netns", "add", name));
    }

    /** Skips the calling test if no networks can be made here; with CI=true in the environment it fails instead. */
    public static void needOrSkip(String... programs) {
        Tool.needOrSkip(Tool.command(List.of("ip"), programs).toArray(String[]::new));
        String probe = fullName("probe");
        Tool.Ran ran = Tool.run(Map.of(), List.of("ip", "netns", "add", probe));
        if (ran.exit() == 0) {
            Tool.succeed(List.of("ip", "netns", "delete", probe));
        } else if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("no network namespaces: " + ran.said() + ", and CI=true forbids to skip");
        } else {
            Assumptions.abort("no network namespaces: " + ran.said());
        }
    }

    /** Makes a network with nothing but its loopback interface. */
    public static NetworkSpace create(String suffix) {
        NetworkSpace space = new NetworkSpace(fullName(suffix));
        try {
            space.succeed("ip", "link", "set", "lo", "up");
            return space;
        } catch (RuntimeException e) {
            space.close();
            throw e;
        }
    }

    private static String fullName(String suffix) {
        return "p2pfaas-" + ProcessHandle.current().pid() + "-" + suffix;
    }

    /** Joins this network and another by a cable, and by no route further than its other end. */
    public void join(NetworkSpace other, String cable, String address, String otherAddress) {
        succeed("ip", "link", "add", cable, "type", "veth", "peer", "name", cable, "netns", other.name);
        attach(cable, address);
        other.attach(cable, otherAddress);
    }

    private void attach(String cable, String address) {
        succeed("ip", "address", "add", address + "/30", "dev", cable);
        succeed("ip", "link", "set", cable, "up");
    }

    /** A command that runs in this network; its process is the program's own. */
    public List<String> command(String... command) {
        return Tool.command(List.of("ip", "netns", "exec", name), command);
    }

    /** Runs a program in this network to its end. */
    public Tool.Ran run(String... command) {
        return Tool.run(Map.of(), command(command));
    }

    private void succeed(String... command) {
        Tool.succeed(command(command));
    }

    @Override
    public void close() {
        Tool.succeed(List.of("ip", "netns", "delete", name));
    }
}

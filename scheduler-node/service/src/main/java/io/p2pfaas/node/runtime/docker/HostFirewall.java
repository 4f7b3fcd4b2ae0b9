package io.p2pfaas.node.runtime.docker;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps containers away from this machine. A container, on an internal network too, reaches its host through the bridge's
 * own address; the engine does not prevent it. These rules do, for all bridges whose names begin with {@link #BRIDGES}.
 * Answers to the node's calls pass. They stay in the kernel when the node ends: its containers may live longer.
 */
public final class HostFirewall {
    /** Beginning of the names of all bridges that functions are on. */
    static final String BRIDGES = "p2pf";

    private static final int LONGEST_INTERFACE_NAME = 15;
    private static final int PATIENCE_SECONDS = 10;
    private static final List<String> NO_NEW = List.of(
            "INPUT", "-i", BRIDGES + "+", "-m", "conntrack", "!", "--ctstate", "ESTABLISHED,RELATED", "-j", "REJECT");
    /** Clouds tell each machine its credentials at an address that looks like the outside; functions may go there. */
    private static final List<String> NO_CREDENTIALS =
            List.of("DOCKER-USER", "-i", BRIDGES + "+", "-d", "169.254.0.0/16", "-j", "REJECT");

    private final Programs programs;
    private final boolean ipv6;

    HostFirewall(Programs programs, boolean ipv6) {
        this.programs = programs;
        this.ipv6 = ipv6;
    }

    /** That of this machine. */
    public static HostFirewall ofThisMachine() {
        return new HostFirewall(HostFirewall::run, Files.exists(Path.of("/proc/net/if_inet6")));
    }

    /**
     * Puts the rules in place where they are not yet. Waits for other programs, some seconds at most.
     *
     * @return what the operator has to do, if the node cannot: with the commands
     */
    public Optional<String> protect() {
        List<String> undone = new ArrayList<>();
        require("iptables", NO_NEW, undone);
        require("iptables", NO_CREDENTIALS, undone);
        if (ipv6) {
            require("ip6tables", NO_NEW, undone);
        }
        return undone.isEmpty()
                ? Optional.empty()
                : Optional.of("functions in containers can reach this machine's own services: the node may not change"
                        + " the firewall. Run as root, if not done yet: " + String.join(" && ", undone));
    }

    private void require(String program, List<String> rule, List<String> undone) {
        List<String> change = command(program, "-I", rule);
        if (!programs.succeeds(command(program, "-C", rule)) && !programs.succeeds(change)) {
            undone.add(String.join(" ", change));
        }
    }

    private static List<String> command(String program, String what, List<String> rule) {
        List<String> command = new ArrayList<>(List.of(program, "-w", "5", what));
        command.addAll(rule);
        return command;
    }

    /** The name of a network's bridge: always the same for a network, and short enough for the kernel. */
    static String bridge(String network) {
        return BRIDGES + hash(network).substring(0, LONGEST_INTERFACE_NAME - BRIDGES.length());
    }

    /** Hexadecimal; for names that must be short and differ. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static boolean run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD);
        builder.command().set(0, found(command.get(0)));
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException ignored) {
            // Not installed; the caller says so.
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Services and users often have no sbin on their path. */
    private static String found(String program) {
        for (String folder : List.of("/usr/sbin", "/sbin")) {
            File file = new File(folder, program);
            if (file.canExecute()) {
                return file.getPath();
            }
        }
        return program;
    }

    /** Runs programs. */
    interface Programs {
        /** Whether it is there, may do it, and says that it did it. */
        boolean succeeds(List<String> command);
    }
}

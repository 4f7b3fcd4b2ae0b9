package io.p2pfaas.node.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A broker with the shipped site.conf, its certificates, passwords and rights made by the shipped commands. Only folders
 * and ports are other ones. For one thread.
 */
public final class SiteBroker implements AutoCloseable {
    /** The password of everybody. */
    public static final String PASSWORD = "secret";

    private static final String SHIPPED_FOLDER = "/etc/mosquitto/p2pfaas";
    private static final String SHIPPED_STORE = "/var/lib/mosquitto/";
    private static final String PLUGIN = "/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so";

    private final Path folder;
    private final int certificatePort;
    private final int passwordPort;
    private final MosquittoProcess process;

    private SiteBroker(
            Path folder, String bridge, int certificatePort, int passwordPort, @Nullable NetworkSpace network)
            throws IOException {
        this.folder = folder;
        this.certificatePort = certificatePort;
        this.passwordPort = passwordPort;
        // As root it would become the user mosquitto, who cannot read a test's files.
        String configuration = "user " + System.getProperty("user.name") + "\n"
                + moved(
                        Files.readString(MosquittoProcess.shipped("site.conf")),
                        SHIPPED_FOLDER,
                        folder.toString(),
                        SHIPPED_STORE,
                        Files.createDirectories(folder.resolve("store")) + "/",
                        "listener 8883",
                        "listener " + certificatePort + " 127.0.0.1",
                        "listener 8884",
                        "listener " + passwordPort + " 127.0.0.1")
                + bridge;
        Path file = Files.writeString(folder.resolve("mosquitto.conf"), configuration);
        this.process = network == null
                ? MosquittoProcess.start(certificatePort, file)
                : MosquittoProcess.startIn(network, certificatePort, file);
    }

    /** Skips the calling test if the machine has not what a site's broker needs. */
    public static void needToolsOrSkip() {
        Tool.needOrSkip(
                "mosquitto",
                "mosquitto_passwd",
                "mosquitto_pub",
                "mosquitto_sub",
                "mosquitto_rr",
                "openssl",
                "python3",
                PLUGIN);
    }

    /** A folder with an authority, a server's certificate, and one for each name. */
    public static Path certificates(String... clients) {
        try {
            Path folder = Files.createTempDirectory("p2pfaas-site-");
            makeCerts(folder, "ca");
            makeCerts(folder, "server", "127.0.0.1", "localhost");
            for (String client : clients) {
                makeCerts(folder, "client", client);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the shipped make-certs, which must succeed. */
    public static void makeCerts(Path folder, String... arguments) {
        Tool.succeed(
                Tool.command(List.of(MosquittoProcess.shipped("make-certs").toString(), folder.toString()), arguments));
    }

    /** Where a shipped file or command is. */
    public static String command(String name) {
        return MosquittoProcess.shipped(name).toString();
    }

    /** Runs a shipped command. */
    public static Tool.Ran shippedCommand(String name, String... arguments) {
        return Tool.run(
                Map.of(), Tool.command(List.of(MosquittoProcess.shipped(name).toString()), arguments));
    }

    /**
     * Starts a broker.
     *
     * @param certificates where its certificates are, and where all its files go; deleted at the end
     * @param passwords who may come with a password
     * @param bridge lines of bridge.conf, or nothing
     * @param rights arguments of make-acl
     */
    public static SiteBroker start(Path certificates, List<String> passwords, String bridge, String... rights) {
        try {
            writeNames(certificates, passwords, rights);
            return new SiteBroker(certificates, bridge, MosquittoProcess.freePort(), MosquittoProcess.freePort(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a broker on the shipped ports, in a network of its own. */
    public static SiteBroker startIn(
            NetworkSpace network, Path certificates, List<String> passwords, String... rights) {
        try {
            writeNames(certificates, passwords, rights);
            return new SiteBroker(certificates, "", 8883, 8884, network);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeNames(Path certificates, List<String> passwords, String... rights) throws IOException {
        Path file = Files.writeString(certificates.resolve("passwords"), "");
        passwords.forEach(name -> Tool.succeed(List.of("mosquitto_passwd", "-b", file.toString(), name, PASSWORD)));
        Tool.Ran acl = shippedCommand("make-acl", rights);
        if (acl.exit() != 0) {
            throw new IllegalArgumentException(acl.said());
        }
        Files.writeString(certificates.resolve("acl.json"), acl.said());
    }

    /** The shipped bridge.conf with other files, and to another address. */
    public static String bridge(Path certificates, int port) {
        try {
            return moved(
                    Files.readString(MosquittoProcess.shipped("bridge.conf")),
                    SHIPPED_FOLDER,
                    certificates.toString(),
                    "broker-b.example:8883",
                    "127.0.0.1:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String moved(String shipped, String... replacements) {
        String text = shipped;
        for (int i = 0; i < replacements.length; i += 2) {
            if (!text.contains(replacements[i])) {
                throw new IllegalStateException("the shipped file has no '" + replacements[i] + "' any more");
            }
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return text;
    }

    /** Where certificates are needed. */
    public int certificatePort() {
        return certificatePort;
    }

    /** Where passwords are needed. */
    public int passwordPort() {
        return passwordPort;
    }

    /** A file of this broker. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** A Mosquitto client with a password over TLS. */
    public Tool.Ran withPassword(String program, String user, String... arguments) {
        List<String> command = List.of(
                program,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(passwordPort),
                "--cafile",
                folder.resolve("ca.crt").toString(),
                "-u",
                user,
                "-P",
                PASSWORD);
        return Tool.run(Map.of(), Tool.command(command, arguments));
    }

    /** A Mosquitto client with a certificate. */
    public Tool.Ran withCertificate(String program, Path certificates, String name, String... arguments) {
        List<String> command = List.of(
                program,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(certificatePort),
                "--cafile",
                folder.resolve("ca.crt").toString(),
                "--cert",
                certificates.resolve(name + ".crt").toString(),
                "--key",
                certificates.resolve(name + ".key").toString());
        return Tool.run(Map.of(), Tool.command(command, arguments));
    }

    /** Kills the broker without a word, and starts it anew with the same files. */
    public void restart() {
        process.restart();
    }

    /** Has the broker write its store now. */
    public void save() {
        signal("-USR1");
    }

    /** Has the broker read its certificates and its list of revoked ones anew. */
    public void reload() {
        signal("-HUP");
    }

    private void signal(String name) {
        Tool.succeed(List.of("kill", name, Long.toString(process.pid())));
    }

    @Override
    public void close() {
        process.close();
        delete(folder);
    }

    /** Deletes a folder of certificates that no broker has. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

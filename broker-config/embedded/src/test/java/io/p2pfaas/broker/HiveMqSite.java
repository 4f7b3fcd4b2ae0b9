package io.p2pfaas.broker;

import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.testcontainers.utility.MountableFile;

/** HiveMQ CE with the shipped site.xml and our extension, its files made by the shipped commands. For one thread. */
final class HiveMqSite implements AutoCloseable {
    static final String CONF = "/opt/hivemq/conf/p2pfaas";

    private static final int CERTIFICATES = 8883;
    private static final int PASSWORDS = 8884;
    private static final List<String> FILES =
            List.of("server.p12", "clients.p12", "acl.json", "passwords", "ca.crt", "crl.pem");

    private final Path folder;
    private final HiveMqServer server;

    private HiveMqSite(Path folder, HiveMqServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts it, or skips the calling test without what it needs. */
    static HiveMqSite startOrSkip(List<String> certificates, List<String> passwords, String... rights) {
        SiteBroker.needToolsOrSkip();
        try {
            Path folder = SiteBroker.certificates(certificates.toArray(String[]::new));
            Tool.succeed(List.of(HiveMqServer.shipped("make-stores").toString(), folder.toString()));
            Path file = Files.createFile(folder.resolve("passwords"));
            passwords.forEach(name ->
                    Tool.succeed(List.of("mosquitto_passwd", "-b", file.toString(), name, SiteBroker.PASSWORD)));
            Files.writeString(
                    folder.resolve("acl.json"),
                    Tool.succeed(Tool.command(List.of(SiteBroker.command("make-acl")), rights)));
            // The extension that lets everybody in stays in the image: ours is asked first, and its answer is final.
            return new HiveMqSite(folder, start(folder, FILES, Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server with these files of a folder only. */
    static HiveMqServer start(Path folder, List<String> files, Map<String, String> environment) {
        return HiveMqServer.startOrSkip(
                HiveMqServer.shippedText("site.xml"), List.of(CERTIFICATES, PASSWORDS), container -> {
                    container.withExtension(MountableFile.forHostPath(HiveMqServer.extension()));
                    container.withEnv(environment);
                    files.forEach(name -> container.withCopyFileToContainer(
                            HiveMqServer.readable(folder.resolve(name)), CONF + "/" + name));
                });
    }

    HiveMqServer server() {
        return server;
    }

    int certificatePort() {
        return server.port(CERTIFICATES);
    }

    int passwordPort() {
        return server.port(PASSWORDS);
    }

    Path folder() {
        return folder;
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }

    /** A Mosquitto client with neither password nor certificate. */
    Tool.Ran nameless(int port, String program, String... arguments) {
        List<String> command =
                List.of(program, "-h", "127.0.0.1", "-p", Integer.toString(port), "--cafile", file("ca.crt"));
        return Tool.run(Map.of(), Tool.command(command, arguments));
    }

    Tool.Ran withPassword(String program, String user, String... arguments) {
        List<String> claim = List.of("-u", user, "-P", SiteBroker.PASSWORD);
        return nameless(passwordPort(), program, Tool.command(claim, arguments).toArray(String[]::new));
    }

    Tool.Ran withCertificate(String program, String name, String... arguments) {
        List<String> claim = List.of("--cert", file(name + ".crt"), "--key", file(name + ".key"));
        return nameless(
                certificatePort(), program, Tool.command(claim, arguments).toArray(String[]::new));
    }

    @Override
    public void close() {
        server.close();
        SiteBroker.delete(folder);
    }
}

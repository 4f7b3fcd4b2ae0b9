package io.p2pfaas.node.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A certificate authority of the system's openssl, in a folder of its own. Keys are EC, for they are made quickly. */
public final class TestCa {
    private static final String CONFIGURATION = """
            [ca]
            default_ca = test
            [test]
            dir = FOLDER
            database = FOLDER/index.txt
            serial = FOLDER/serial
            crlnumber = FOLDER/crlnumber
            new_certs_dir = FOLDER
            certificate = FOLDER/ca.crt
            private_key = FOLDER/ca.key
            default_md = sha256
            default_crl_days = 30
            policy = anything
            unique_subject = no
            [anything]
            commonName = supplied
            [server]
            subjectAltName = IP:127.0.0.1
            [node]
            extendedKeyUsage = clientAuth
            """;

    private final Path folder;

    private TestCa(Path folder) {
        this.folder = folder;
    }

    /** Makes one, or skips the calling test if there is no openssl; with CI=true in the environment it fails instead. */
    public static TestCa createOrSkip(Path folder, String name) {
        requireInstalled();
        TestCa ca = new TestCa(folder.resolve(name.replace(' ', '-')));
        try {
            Files.createDirectories(ca.folder);
            Files.writeString(ca.file("ca.cnf"), CONFIGURATION.replace("FOLDER", ca.folder.toString()));
            Files.writeString(ca.file("index.txt"), "");
            Files.writeString(ca.file("serial"), "01\n");
            Files.writeString(ca.file("crlnumber"), "01\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ca.openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout ca.key -out ca.crt -subj",
                "/CN=" + name);
        ca.writeRevoked();
        return ca;
    }

    private static void requireInstalled() {
        try {
            new ProcessBuilder("openssl", "version")
                    .redirectErrorStream(true)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException missing) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("openssl is not on the PATH, and CI=true forbids to skip", missing);
            }
            Assumptions.abort("openssl is not on the PATH");
        }
    }

    /** One of this authority's files: {@code ca.crt}, {@code revoked.pem}, {@code NAME.crt}, {@code NAME.key}. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** For the broker at 127.0.0.1: {@code server.crt} and {@code server.key}. */
    public void issueServer() {
        issue("server", "server", "broker", "-days", "2");
    }

    /** For a node: {@code FILE.crt} and {@code FILE.key}, with a name that the broker takes as user name. */
    public void issue(String file, String commonName) {
        issue(file, "node", commonName, "-days", "2");
    }

    /** A certificate that expired years ago. */
    public void issueExpired(String file, String commonName) {
        issue(file, "node", commonName, "-startdate", "20200101000000Z", "-enddate", "20210101000000Z");
    }

    private void issue(String file, String extensions, String commonName, String... validity) {
        openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + file + ".key -out " + file
                        + ".csr -subj",
                "/CN=" + commonName);
        openssl(
                "ca -batch -notext -config ca.cnf -extensions " + extensions + " -in " + file + ".csr -out " + file
                        + ".crt",
                validity);
    }

    /** Revokes a certificate; brokers that read {@code revoked.pem} after this refuse it. */
    public void revoke(String file) {
        openssl("ca -config ca.cnf -revoke " + file + ".crt");
        writeRevoked();
    }

    private void writeRevoked() {
        openssl("ca -config ca.cnf -gencrl -out revoked.pem");
    }

    /** Puts the certificate and key of one file in the place of another, as a tool that renews them does. */
    public void replace(String file, String by) {
        for (String ending : List.of(".crt", ".key")) {
            try {
                Path fresh = Files.copy(file(by + ending), file("fresh" + ending), StandardCopyOption.REPLACE_EXISTING);
                Files.move(fresh, file(file + ending), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void openssl(String words, String... more) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words.split(" ")));
        command.addAll(List.of(more));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.p2pfaas.node.config;

import io.p2pfaas.node.access.Tokens;
import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.tls.TlsFileException;
import io.p2pfaas.node.tls.TlsFiles;
import io.p2pfaas.node.tls.TlsMaterial;
import java.nio.file.Path;
import java.util.Optional;

/** Builds the settings of who may do what over HTTP, and tries the files with tokens, certificate and key. */
final class AccessReader {
    private final GivenValues given;
    private final GivenReader reader;
    private final Passwords passwords;

    AccessReader(GivenValues given, GivenReader reader, Passwords passwords) {
        this.given = given;
        this.reader = reader;
        this.passwords = passwords;
    }

    AccessSettings read() {
        return new AccessSettings(admin(), tokens(), tls(), limit());
    }

    /** Both or none: a user without password would be a door that looks shut. */
    private Optional<AdminSettings> admin() {
        Optional<String> user = reader.find(AccessTable.ADMIN_USER);
        Optional<Secret> password =
                passwords.read(AccessTable.ADMIN_USER, AccessTable.ADMIN_PASSWORD, AccessTable.ADMIN_PASSWORD_FILE);
        if (user.isPresent()
                && password.isEmpty()
                && reader.isSound(AccessTable.ADMIN_PASSWORD)
                && reader.isSound(AccessTable.ADMIN_PASSWORD_FILE)) {
            given.first(AccessTable.ADMIN_USER)
                    .ifPresent(text ->
                            reader.add(AccessTable.ADMIN_USER, text, "a user without http.admin-password-file"));
        }
        return user.flatMap(name -> password.map(secret -> new AdminSettings(name, secret)));
    }

    private Optional<Path> tokens() {
        Optional<Path> file = reader.find(AccessTable.TOKENS_FILE);
        if (file.isPresent()) {
            try {
                Tokens unused = Tokens.read(file.get());
            } catch (FileProblem wrong) {
                given.first(AccessTable.TOKENS_FILE)
                        .ifPresent(text -> reader.add(AccessTable.TOKENS_FILE, text, wrong.reason()));
            }
        }
        return file;
    }

    private TlsFiles tls() {
        Optional<Path> certificate = reader.find(AccessTable.TLS_CERT_FILE);
        Optional<Path> key = reader.find(AccessTable.TLS_KEY_FILE);
        if (!reader.areTogether(AccessTable.TLS_CERT_FILE, certificate, AccessTable.TLS_KEY_FILE, key)) {
            return TlsFiles.NONE;
        }
        TlsFiles files = new TlsFiles(Optional.empty(), certificate, key);
        try {
            TlsMaterial unused = TlsMaterial.read(files);
        } catch (TlsFileException wrong) {
            Setting<?> setting =
                    wrong.role() == TlsFileException.Role.KEY ? AccessTable.TLS_KEY_FILE : AccessTable.TLS_CERT_FILE;
            given.first(setting).ifPresent(text -> reader.add(setting, text, wrong.reason()));
        }
        return files;
    }

    private CallerLimit limit() {
        return reader.limit(AccessTable.RATE, AccessTable.BURST, Optional.empty(), 0);
    }
}

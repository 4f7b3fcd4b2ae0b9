package io.p2pfaas.node.config;

import io.p2pfaas.node.call.Allowance;
import io.p2pfaas.node.config.Quantities.WholeNumber;
import java.nio.file.Path;
import java.util.Optional;

/** The part of the {@link SettingsTable} that is about who may do what over HTTP. */
final class AccessTable {
    static final Setting<String> ADMIN_USER = Setting.of(
                    "http.admin-user",
                    new Words.User(false),
                    "who may manage functions, by password; without, only this machine may")
            .defaultText("(none)")
            .example("admin")
            .done();
    static final Setting<Secret> ADMIN_PASSWORD = Setting.of(
                    "http.admin-password",
                    new Words.Password(),
                    "password of http.admin-user; other users of the machine can see flags, so better a password file")
            .defaultText("(none)")
            .example("...")
            .secret()
            .done();
    static final Setting<Path> ADMIN_PASSWORD_FILE = Setting.of(
                    "http.admin-password-file",
                    new Words.Place("FILE"),
                    "file that holds the password of http.admin-user and nothing else")
            .defaultText("(none)")
            .example("/run/secrets/basic-auth-password")
            .done();

    static final Setting<Path> TOKENS_FILE = Setting.of(
                    "http.tokens-file",
                    new Words.Place("FILE"),
                    "file of tokens for callers and administrators; read again when it changes")
            .defaultText("(none)")
            .example("/etc/p2pfaas/tokens")
            .done();
    static final Setting<Path> TLS_CERT_FILE = Setting.of(
                    "http.tls.cert-file",
                    new Words.Place("FILE"),
                    "PEM file of the certificate for https://; read again when it changes")
            .defaultText("(none: plain HTTP)")
            .example("/etc/p2pfaas/n1.crt")
            .done();
    static final Setting<Path> TLS_KEY_FILE = Setting.of(
                    "http.tls.key-file",
                    new Words.Place("FILE"),
                    "PEM file of the key of http.tls.cert-file, PKCS#8, RSA or EC, not encrypted")
            .defaultText("(none)")
            .example("/etc/p2pfaas/n1.key")
            .done();
    static final Setting<Optional<Allowance>> RATE = Setting.of(
                    "http.rate",
                    new DeviceWords.Pace(),
                    "calls over HTTP of one token, or of one address without a token, that this node takes; 0 = all")
            .defaultsTo("0")
            .example("50/s")
            .done();
    static final Setting<Integer> BURST = Setting.of(
                    "http.burst",
                    new WholeNumber(0, 1_000_000),
                    "calls within http.rate that may come at once; 0 = as many as its number")
            .defaultsTo("0")
            .example("100")
            .done();

    private AccessTable() {}
}

package io.p2pfaas.node.config;

import io.p2pfaas.node.config.GivenReader.Read;
import io.p2pfaas.node.tls.TlsFileException;
import io.p2pfaas.node.tls.TlsFiles;
import io.p2pfaas.node.tls.TlsMaterial;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the settings of the link to the broker, and tries the files with keys and certificates. */
final class BrokerReader {
    private static final List<Setting<?>> TLS = List.of(
            SettingsTable.BROKER_TLS_CA_FILE,
            SettingsTable.BROKER_TLS_CERT_FILE,
            SettingsTable.BROKER_TLS_KEY_FILE,
            SettingsTable.BROKER_TLS_VERIFY_HOST);

    private final GivenValues given;
    private final GivenReader reader;
    private final Passwords passwords;

    BrokerReader(GivenValues given, GivenReader reader, Passwords passwords) {
        this.given = given;
        this.reader = reader;
        this.passwords = passwords;
    }

    BrokerSettings read() {
        String root = reader.value(SettingsTable.BROKER_ROOT);
        List<URI> urls = urls();
        return new BrokerSettings(
                urls,
                tls(urls),
                root,
                reader.find(SettingsTable.BROKER_USER),
                passwords.read(
                        SettingsTable.BROKER_USER, SettingsTable.BROKER_PASSWORD, SettingsTable.BROKER_PASSWORD_FILE),
                reader.value(SettingsTable.BROKER_KEEP_ALIVE),
                reader.value(SettingsTable.BROKER_CONNECT_TIMEOUT),
                reader.value(SettingsTable.BROKER_RECONNECT_MAX),
                replyTopics(root));
    }

    private List<URI> urls() {
        Setting<URI> setting = SettingsTable.BROKER_URL;
        List<URI> urls = new ArrayList<>();
        for (Read<URI> url : reader.read(setting, given.strongest(setting))) {
            if (urls.contains(url.value())) {
                reader.add(setting, url.given(), "given a second time");
            }
            urls.add(url.value());
        }
        return urls.isEmpty() ? List.of(setting.parse(setting.defaultValue())) : urls;
    }

    private BrokerTls tls(List<URI> urls) {
        Optional<Path> ca = reader.find(SettingsTable.BROKER_TLS_CA_FILE);
        Optional<Path> certificate = reader.find(SettingsTable.BROKER_TLS_CERT_FILE);
        Optional<Path> key = reader.find(SettingsTable.BROKER_TLS_KEY_FILE);
        boolean verifyHost = reader.value(SettingsTable.BROKER_TLS_VERIFY_HOST);
        if (urls.stream().noneMatch(BrokerSettings::isTls) && reader.isSound(SettingsTable.BROKER_URL)) {
            // Whoever sets these believes that the link is encrypted.
            TLS.stream()
                    .filter(reader::isSound)
                    .forEach(setting -> given.first(setting)
                            .ifPresent(text -> reader.add(
                                    setting, text, "contradicts broker.url: no mqtts:// or wss:// address is there")));
            return BrokerTls.DEFAULT;
        }
        if (!reader.areTogether(
                SettingsTable.BROKER_TLS_CERT_FILE, certificate, SettingsTable.BROKER_TLS_KEY_FILE, key)) {
            return BrokerTls.DEFAULT;
        }
        TlsFiles files = new TlsFiles(ca, certificate, key);
        tryOut(files);
        return new BrokerTls(files, verifyHost);
    }

    private void tryOut(TlsFiles files) {
        try {
            TlsMaterial unused = TlsMaterial.read(files);
        } catch (TlsFileException wrong) {
            Setting<?> setting = switch (wrong.role()) {
                case CA -> SettingsTable.BROKER_TLS_CA_FILE;
                case CERTIFICATE -> SettingsTable.BROKER_TLS_CERT_FILE;
                case KEY -> SettingsTable.BROKER_TLS_KEY_FILE;
            };
            given.first(setting).ifPresent(text -> reader.add(setting, text, wrong.reason()));
        }
    }

    private List<String> replyTopics(String root) {
        List<String> filters = new ArrayList<>();
        Setting<String> setting = SettingsTable.BROKER_REPLY_TOPICS;
        for (Read<String> filter : reader.read(setting, given.strongest(setting))) {
            if (Topics.reachesBelow(root, filter.value()) && reader.isSound(SettingsTable.BROKER_ROOT)) {
                reader.add(setting, filter.given(), "it reaches the topics below broker.root = " + root);
            }
            filters.add(filter.value());
        }
        return filters;
    }
}

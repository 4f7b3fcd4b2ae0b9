package io.p2pfaas.node.http;

import io.p2pfaas.node.files.FileWatch;
import io.p2pfaas.node.tls.TlsMaterial;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.xnio.Sequence;
import org.xnio.XnioWorker;

/**
 * The certificate of the HTTP entrance. A renewed one is shown to whoever connects from then on; connections that are
 * there go on. Any thread.
 */
final class ServerCertificate extends X509ExtendedKeyManager {
    static final Sequence<String> VERSIONS = Sequence.of("TLSv1.3", "TLSv1.2");

    private final FileWatch<TlsMaterial> files;
    private volatile Keys keys;
    private volatile Keys former;

    /** A handshake asks several times and must not get halves of two, so the number is part of the alias. */
    private record Keys(long number, X509ExtendedKeyManager manager) {
        @Nullable
        String named(@Nullable String alias) {
            return alias == null ? null : number + "/" + alias;
        }
    }

    ServerCertificate(FileWatch<TlsMaterial> files, XnioWorker worker) {
        this.files = files;
        this.keys = keys(0, files.content());
        this.former = keys;
        Looking.begin(worker, this::look);
    }

    private static Keys keys(long number, TlsMaterial material) {
        for (KeyManager manager : material.keys().orElseThrow().getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager extended) {
                return new Keys(number, extended);
            }
        }
        throw new IllegalStateException("the JVM's key managers are not for X.509");
    }

    private void look() {
        if (files.look()) {
            former = keys;
            keys = keys(former.number() + 1, files.content());
        }
    }

    private Keys of(String alias) {
        Keys now = keys;
        return alias.startsWith(now.number() + "/") ? now : former;
    }

    private static String bare(String alias) {
        return alias.substring(alias.indexOf('/') + 1);
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, null, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has TLS", impossible);
        }
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        throw new UnsupportedOperationException("handshakes choose one");
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        Keys now = keys;
        return now.named(now.manager().chooseEngineServerAlias(keyType, issuers, engine));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        Keys now = keys;
        return now.named(now.manager().chooseServerAlias(keyType, issuers, socket));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return of(alias).manager().getCertificateChain(bare(alias));
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return of(alias).manager().getPrivateKey(bare(alias));
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        throw new UnsupportedOperationException("this is a server");
    }
}

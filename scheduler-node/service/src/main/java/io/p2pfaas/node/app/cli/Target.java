package io.p2pfaas.node.app.cli;

import io.p2pfaas.node.tls.TlsFileException;
import io.p2pfaas.node.tls.TlsFiles;
import io.p2pfaas.node.tls.TlsMaterial;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which node a command talks to, and with what rights: options that all of them have. */
final class Target {
    private static final String URL = "--url";
    private static final String CA = "--ca-file";
    private static final String DEFAULT_URL = "http://127.0.0.1:18080";

    private static final int STRANGERS_BYTES = 1024 * 1024;

    private Target() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-u", URL)
                .paramLabel("URL")
                .type(String.class)
                .defaultValue(DEFAULT_URL)
                .description("The node. Default: " + DEFAULT_URL)
                .build());
        spec.addOption(OptionSpec.builder(CA)
                .paramLabel("FILE")
                .type(Path.class)
                .description("PEM file of the CAs that the certificate of an https:// node may be from. Default:"
                        + " those the JVM trusts")
                .build());
        Shown.addTo(spec);
    }

    static String url(CommandLine.ParseResult parsed) {
        String url = parsed.matchedOptionValue(URL, DEFAULT_URL);
        return url.contains("://") ? url : "http://" + url;
    }

    /**
     * The client that looks at it and manages it.
     *
     * @throws IllegalArgumentException with the option that is wrong
     */
    static NodeClient client(CommandLine.ParseResult parsed, Duration timeout) {
        return client(parsed, url(parsed), Shown.of(parsed).toNode(), timeout, NodeClient.ANYTHING);
    }

    /** The client that calls its functions. */
    static NodeClient caller(CommandLine.ParseResult parsed, Duration timeout) {
        return client(parsed, url(parsed), Shown.of(parsed).toFunction(), timeout, NodeClient.ANYTHING);
    }

    /** The client for another node, to which nothing is shown, and which need not be one. */
    static NodeClient stranger(CommandLine.ParseResult parsed, String url, Duration timeout) {
        return client(parsed, url, List.of(), timeout, STRANGERS_BYTES);
    }

    private static NodeClient client(
            CommandLine.ParseResult parsed, String url, List<String> shown, Duration timeout, int mostBytes) {
        try {
            URI unused = URI.create(url);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(URL + ": " + wrong.getMessage(), wrong);
        }
        return new NodeClient(url, timeout, shown, trust(ca(parsed)), mostBytes);
    }

    /** Why a node could not be asked. */
    static String words(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (failed instanceof UnknownHostException) {
            return "the host name " + message + " is unknown";
        }
        if (failed instanceof ConnectException) {
            return message + ": does the node run, and listen on this address?";
        }
        if (failed instanceof SSLHandshakeException) {
            return message + " (" + CA + " names the CA of the node's certificate)";
        }
        if (failed instanceof SSLException) {
            return message + ": does the node speak http:// on this port?";
        }
        return message.contains("Unexpected end of file") || message.contains("Invalid Http response")
                ? message + ": does the node speak https:// on this port?"
                : message;
    }

    /** The CA file that was named, which brokers are recognised by too; null = none. */
    static @Nullable Path ca(CommandLine.ParseResult parsed) {
        return parsed.matchedOptionValue(CA, (Path) null);
    }

    private static @Nullable SSLContext trust(@Nullable Path ca) {
        if (ca == null) {
            return null;
        }
        try {
            TlsMaterial material = TlsMaterial.read(new TlsFiles(Optional.of(ca), Optional.empty(), Optional.empty()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, material.trust().orElseThrow().getTrustManagers(), null);
            return context;
        } catch (TlsFileException wrong) {
            throw new IllegalArgumentException(CA + ": " + wrong.getMessage(), wrong);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has TLS", impossible);
        }
    }
}

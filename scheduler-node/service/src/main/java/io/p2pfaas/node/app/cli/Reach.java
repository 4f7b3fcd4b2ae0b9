package io.p2pfaas.node.app.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Why a node cannot be asked, or not for everything. */
final class Reach {
    private static final int PATIENCE_MILLIS = 3000;
    private static final String NOTHING = "nothing can be asked or called there";

    private Reach() {}

    static Finding failure(String url, IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (failed instanceof UnknownHostException) {
            return Finding.problem(
                    "node-dns",
                    "the host name in " + url + " is unknown",
                    NOTHING,
                    "put the node's address into --url");
        }
        if (failed instanceof SSLHandshakeException) {
            return Finding.problem(
                    "node-certificate",
                    "the certificate of " + url + " is not trusted: " + message,
                    NOTHING,
                    "name its CA: --ca-file ca.crt; if the name is wrong, ask for the name that the certificate is for, or"
                            + " make a new one with make-certs");
        }
        if (failed instanceof SSLException) {
            return Finding.problem(
                    "wrong-scheme",
                    url + " speaks no TLS: it is an http:// port",
                    NOTHING,
                    "--url " + url.replaceFirst("^https:", "http:")
                            + ", or give the node http.tls.cert-file and http.tls.key-file");
        }
        if (failed instanceof ConnectException || failed instanceof NoRouteToHostException) {
            return Finding.problem(
                    "node-unreachable",
                    "no node can be reached at " + url + ": " + message,
                    NOTHING,
                    "start it there, or put the address into --url that it prints at its start (setting http.address,"
                            + " 127.0.0.1:18080 by default; 0.0.0.0:18080 to be reached from other machines)");
        }
        if (failed instanceof SocketTimeoutException) {
            return Finding.problem(
                    "node-timeout",
                    url + " does not answer in time",
                    NOTHING,
                    "look whether a firewall is in the way, and whether the node's machine has time (top)");
        }
        if (url.startsWith("http:") && speaksTls(URI.create(url))) {
            return Finding.problem(
                    "wrong-scheme",
                    url + " speaks TLS: it is an https:// port",
                    NOTHING,
                    "--url " + url.replaceFirst("^http:", "https:") + " --ca-file ca.crt");
        }
        return Finding.problem(
                "node-failure", url + " cannot be asked: " + message, NOTHING, "look into the node's log");
    }

    static Finding notANode(String url, int status) {
        return Finding.problem(
                "not-a-node",
                url + "/status is answered with " + status,
                "something else listens there, or a proxy is between",
                "put the address into --url that the node prints at its start");
    }

    static Finding unauthorized(boolean hasToken) {
        return hasToken
                ? Finding.problem(
                        "token-role",
                        "the token is not one of an administrator of this node",
                        "it may call functions at most; managing and half of these checks need an administrator",
                        "show a token of the role admin: scheduler-node.jar token admin --name ops >> TOKENS, where TOKENS is"
                                + " the node's http.tokens-file")
                : Finding.problem(
                        "token-missing",
                        "the node wants an administrator's token, and none is shown",
                        "managing the node and half of these checks need it",
                        "export P2PFAAS_TOKEN=... (scheduler-node.jar token admin makes one; USER:PASSWORD of http.admin-user does it"
                                + " too), or --token-file");
    }

    static Finding forbidden() {
        return Finding.problem(
                "management-closed",
                "the node has no administrator, so it is only managed from its own machine",
                "deploy, scale, drain and half of these checks are refused from here",
                "give it http.tokens-file with a token of the role admin, or run this command on its machine with --url"
                        + " http://127.0.0.1:18080");
    }

    /** Whether a TLS handshake comes to anything, with whatever certificate. */
    private static boolean speaksTls(URI url) {
        TrustManager any = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                // Nothing is told to this server: it is only asked whether it speaks TLS.
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try (Socket plain = new Socket(url.getHost(), url.getPort())) {
            plain.setSoTimeout(PATIENCE_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {any}, null);
            try (SSLSocket secured =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, url.getHost(), url.getPort(), true)) {
                secured.startHandshake();
                return true;
            }
        } catch (IOException | GeneralSecurityException ignored) {
            // Then it does not, or not in a way that would help.
            return false;
        }
    }
}

package io.p2pfaas.node.mqtt;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;

/** Says in plain words why a broker did not take the node, from what the MQTT client and the JDK's TLS report. */
final class ConnectFailure {
    private static final int BAD_CLIENT_ID = 0x85;
    private static final int BAD_USER_OR_PASSWORD = 0x86;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int UNAVAILABLE = 0x88;
    private static final int BUSY = 0x89;
    private static final int BANNED = 0x8A;
    private static final int BAD_AUTHENTICATION = 0x8C;
    private static final int VERSION = 0x84;

    private final boolean hasCertificate;

    /** @param hasCertificate whether the node shows one */
    ConnectFailure(boolean hasCertificate) {
        this.hasCertificate = hasCertificate;
    }

    /**
     * The reason.
     *
     * @param connAck the code of the broker's refusal, if it said one
     */
    String reason(Throwable cause, OptionalInt connAck) {
        if (connAck.isPresent()) {
            return refusal(connAck.getAsInt());
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            String words = words(at);
            if (!words.isEmpty()) {
                return words;
            }
        }
        return lastWords(cause);
    }

    private static String refusal(int code) {
        return switch (code) {
            case BAD_USER_OR_PASSWORD -> "the broker says: wrong user or password (broker.user, broker.password-file)";
            case NOT_AUTHORIZED ->
                "the broker says: not authorised (broker.user, broker.password-file, broker.tls.cert-file)";
            case BAD_AUTHENTICATION -> "the broker wants another way to authenticate";
            case BAD_CLIENT_ID -> "the broker does not take the node's client id (from broker.root and id)";
            case VERSION -> "the broker does not speak MQTT 5";
            case UNAVAILABLE, BUSY -> "the broker says that it is too busy";
            case BANNED -> "the broker has banned this node";
            default -> String.format(Locale.ROOT, "the broker refuses with MQTT reason 0x%02X", code);
        };
    }

    private String words(Throwable error) {
        if (error instanceof CertificateExpiredException) {
            return "the broker's certificate has expired";
        }
        if (error instanceof CertificateNotYetValidException) {
            return "the broker's certificate is not valid yet; is the clock right?";
        }
        if (error instanceof CertPathBuilderException) {
            return "the broker's certificate is from an unknown CA (broker.tls.ca-file)";
        }
        if (error instanceof UnknownHostException) {
            return "its host name is unknown";
        }
        if (error instanceof ConnectException && text(error).contains("refused")) {
            return "connection refused: nothing listens there";
        }
        if (text(error).contains("timed out")) {
            return "it does not answer in time (broker.connect-timeout)";
        }
        return error instanceof SSLException || error instanceof CertificateException
                ? tlsWords(error)
                : webSocketWords(text(error));
    }

    private String tlsWords(Throwable error) {
        String text = text(error);
        if (text.contains("no subject alternative")
                || text.contains("no name matching")
                || text.contains("hostname verification")) {
            return "the broker's certificate is for another host: " + error.getMessage();
        }
        if (text.contains("not an ssl/tls record")) {
            return "it does not speak TLS on this port";
        }
        String alert = text.replace("received fatal alert:", "").strip();
        if (alert.equals(text)) {
            return "";
        }
        return switch (alert.replace(' ', '_')) {
            case "unknown_ca" -> "the broker does not know the CA of this node's certificate (broker.tls.cert-file)";
            case "certificate_expired" -> "the broker says: this node's certificate has expired (broker.tls.cert-file)";
            case "certificate_revoked" -> "the broker says: this node's certificate is revoked (broker.tls.cert-file)";
            case "bad_certificate", "unsupported_certificate", "certificate_unknown" ->
                "the broker does not take this node's certificate (broker.tls.cert-file): " + alert;
            case "certificate_required" -> wantsCertificate(alert);
            case "handshake_failure" -> wantsCertificate(alert) + ", or there is no cipher that both know";
            case "access_denied" -> "the broker does not allow this node's certificate (broker.tls.cert-file)";
            case "protocol_version" -> "the broker's TLS is too old or too new: TLS 1.2 and 1.3 are spoken";
            default -> "the broker ends the TLS handshake: " + alert;
        };
    }

    private String wantsCertificate(String alert) {
        return (hasCertificate
                        ? "the broker wants a certificate of another CA (broker.tls.cert-file)"
                        : "the broker wants a certificate (broker.tls.cert-file)")
                + ": " + alert;
    }

    private static String webSocketWords(String text) {
        return text.contains("invalid handshake response") ? "there is no MQTT at this WebSocket path: " + text : "";
    }

    private static String text(Throwable error) {
        return String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String lastWords(Throwable cause) {
        Throwable last = cause;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String message = last.getMessage();
        return message == null || message.isBlank() ? last.getClass().getSimpleName() : message;
    }
}

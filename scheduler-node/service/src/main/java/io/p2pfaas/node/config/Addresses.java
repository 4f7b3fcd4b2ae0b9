package io.p2pfaas.node.config;

import java.net.URI;
import java.net.URISyntaxException;

/** Kinds of values that say where something is. */
final class Addresses {
    private Addresses() {}

    /** Where to listen. */
    record Listen() implements ValueKind<HostPort> {
        @Override
        public String placeholder() {
            return "HOST:PORT";
        }

        @Override
        public String allowed() {
            return "host:port, IPv6 addresses in brackets, port 0 = any free one";
        }

        @Override
        public HostPort parse(String text) {
            return HostPort.parse(text);
        }
    }

    /** The broker. What is returned always has a port. */
    record Broker() implements ValueKind<URI> {
        private static final String SCHEME = "mqtt://";
        private static final String DEFAULT_PORT = ":1883";

        @Override
        public String placeholder() {
            return "URL";
        }

        @Override
        public String allowed() {
            return "mqtt://host:port, port 1883 if none is given, IPv6 addresses in brackets";
        }

        @Override
        public URI parse(String text) {
            if (text.startsWith("mqtts://") || text.startsWith("ssl://")) {
                throw new IllegalArgumentException("connections with TLS are not available yet");
            }
            if (!text.startsWith(SCHEME)) {
                throw new IllegalArgumentException("it does not begin with mqtt://");
            }
            String authority = text.substring(SCHEME.length());
            if (authority.endsWith("/")) {
                authority = authority.substring(0, authority.length() - 1);
            }
            if (authority.indexOf('@') >= 0) {
                throw new IllegalArgumentException("user and password belong in broker.user and broker.password-file");
            }
            boolean withPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
            HostPort address = HostPort.parse(withPort ? authority : authority + DEFAULT_PORT);
            if (address.port() == 0) {
                throw new IllegalArgumentException("nothing can be reached at port 0");
            }
            try {
                return new URI(SCHEME + address);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("not a URL", e);
            }
        }
    }

    /** The beginning of URLs that results may be sent to. */
    record Callback() implements ValueKind<URI> {
        @Override
        public String placeholder() {
            return "URL";
        }

        @Override
        public String allowed() {
            return "http://host[:port]/path or https://host[:port]/path, without user, query and fragment";
        }

        @Override
        public URI parse(String text) {
            URI uri;
            try {
                uri = new URI(text);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("not a URL", e);
            }
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!isHttp || uri.getHost() == null) {
                throw new IllegalArgumentException("not an HTTP URL with a host");
            }
            if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException("it has a user, a query or a fragment");
            }
            return uri;
        }
    }
}

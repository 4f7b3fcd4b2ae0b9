package io.p2pfaas.node.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;

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

    /** A broker. What is returned always has a port, and a path if the scheme is one of WebSockets. */
    record Broker() implements ValueKind<URI> {
        private static final Map<String, Integer> PORTS = Map.of("mqtt", 1883, "mqtts", 8883, "ws", 80, "wss", 443);
        private static final String USUAL_PATH = "/mqtt";
        private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~/-]*)?");

        static boolean isTls(URI broker) {
            return broker.getScheme().equals("mqtts") || broker.getScheme().equals("wss");
        }

        static boolean isWebSocket(URI broker) {
            return broker.getScheme().startsWith("ws");
        }

        @Override
        public String placeholder() {
            return "URL";
        }

        @Override
        public String allowed() {
            return "mqtt://host:port, mqtts://host:port, ws://host:port/path or wss://host:port/path; ports 1883, 8883,"
                    + " 80 and 443 and path /mqtt if none is given, IPv6 addresses in brackets";
        }

        @Override
        public URI parse(String text) {
            int colon = text.indexOf("://");
            Integer usualPort = colon < 0 ? null : PORTS.get(text.substring(0, colon));
            if (usualPort == null) {
                throw new IllegalArgumentException("it does not begin with mqtt://, mqtts://, ws:// or wss://");
            }
            String scheme = text.substring(0, colon);
            String rest = text.substring(colon + "://".length());
            int slash = rest.indexOf('/');
            String authority = slash < 0 ? rest : rest.substring(0, slash);
            if (authority.indexOf('@') >= 0) {
                throw new IllegalArgumentException("user and password belong in broker.user and broker.password-file");
            }
            boolean withPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
            HostPort address = HostPort.parse(withPort ? authority : authority + ":" + usualPort);
            if (address.port() == 0) {
                throw new IllegalArgumentException("nothing can be reached at port 0");
            }
            return URI.create(scheme + "://" + address + path(scheme, slash < 0 ? "" : rest.substring(slash)));
        }

        private static String path(String scheme, String given) {
            boolean isNone = given.isEmpty() || given.equals("/");
            if (!scheme.startsWith("ws")) {
                if (!isNone) {
                    throw new IllegalArgumentException("only ws:// and wss:// have a path");
                }
                return "";
            }
            if (!PATH.matcher(given).matches()) {
                throw new IllegalArgumentException("a path has letters, digits and ._~- between its slashes");
            }
            return given.isEmpty() ? USUAL_PATH : given;
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

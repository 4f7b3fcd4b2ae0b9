package io.p2pfaas.node.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Kinds of values that are about traces and the log. */
final class TracingWords {
    private TracingWords() {}

    /** Where a collector takes traces: as OpenTelemetry's own settings have it, the end of the path may be left out. */
    record Endpoint() implements ValueKind<URI> {
        private static final String PATH = "/v1/traces";

        @Override
        public String placeholder() {
            return "URL";
        }

        @Override
        public String allowed() {
            return "http://host:port or https://host:port, with a path before /v1/traces if the collector has one";
        }

        @Override
        public URI parse(String text) {
            URI uri;
            try {
                uri = new URI(text);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("not a URL", e);
            }
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IllegalArgumentException("not an http or https URL with a host");
            }
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException("user and password belong in the file of tracing.headers-file");
            }
            if (uri.getQuery() != null || uri.getFragment() != null) {
                throw new IllegalArgumentException("it has a query or a fragment");
            }
            if (uri.getPort() == 0 || uri.getPort() > HostPort.MAX_PORT) {
                throw new IllegalArgumentException("nothing can be reached at port " + uri.getPort());
            }
            String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            return URI.create(base.endsWith(PATH) ? base : base + PATH);
        }
    }

    /** A share, from 0 to 1. */
    record Share() implements ValueKind<Double> {
        private static final Pattern FORM = Pattern.compile("0(\\.\\d{1,9})?|1(\\.0{1,9})?");

        @Override
        public String placeholder() {
            return "SHARE";
        }

        @Override
        public String allowed() {
            return "a number from 0 to 1, such as 0.01";
        }

        @Override
        public Double parse(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException("not a number in that range");
            }
            return Double.valueOf(text);
        }
    }

    /** A name that people read. */
    record Name() implements ValueKind<String> {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._/-]{1,64}");

        @Override
        public String placeholder() {
            return "NAME";
        }

        @Override
        public String allowed() {
            return "1 to 64 characters of A-Z a-z 0-9 . _ / -";
        }

        @Override
        public String parse(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException("not such a name");
            }
            return text;
        }
    }

    /** How the log is written. */
    record LogFormat() implements ValueKind<LogSettings.Format> {
        @Override
        public String placeholder() {
            return "FORMAT";
        }

        @Override
        public String allowed() {
            return "auto, text or json";
        }

        @Override
        public LogSettings.Format parse(String text) {
            return word(LogSettings.Format.class, text);
        }
    }

    /** A level, of everything or of one package. */
    record LogLevel() implements ValueKind<Map.Entry<String, LogSettings.Level>> {
        private static final Pattern PACKAGE = Pattern.compile("[A-Za-z_][\\w$]*(\\.[A-Za-z_][\\w$]*)*");

        @Override
        public String placeholder() {
            return "[PACKAGE=]LEVEL";
        }

        @Override
        public String allowed() {
            return "one of the levels " + words(LogSettings.Level.class) + ", or PACKAGE=LEVEL";
        }

        @Override
        public Map.Entry<String, LogSettings.Level> parse(String text) {
            int equals = text.indexOf('=');
            String name = equals < 0
                    ? LogSettings.EVERYTHING
                    : text.substring(0, equals).strip();
            if (equals >= 0 && !PACKAGE.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a package or class before =");
            }
            return Map.entry(
                    name,
                    word(LogSettings.Level.class, text.substring(equals + 1).strip()));
        }
    }

    private static <T extends Enum<T>> T word(Class<T> type, String text) {
        for (T constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("none of " + words(type));
    }

    private static String words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}

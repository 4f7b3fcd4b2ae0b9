package io.p2pfaas.node.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which URLs may be called back: callers must not make this node send requests wherever they like. Scheme, host and port
 * must be those of an allowed beginning exactly; its path must be the path's beginning, up to a slash. URLs are compared
 * parsed, never as text, and those that could be read in two ways are refused.
 */
final class CallbackRule {
    static final String SETTING = "async.callbacks";

    private static final int MAX_LENGTH = 2048;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    /** Encoded dots, slashes, backslashes and percent signs: servers do not agree on what these mean in a path. */
    private static final Pattern AMBIGUOUS = Pattern.compile("%(2e|2f|5c|25|00)", Pattern.CASE_INSENSITIVE);

    private record Beginning(String scheme, String host, int port, String path) {
        static @Nullable Beginning of(URI uri) {
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            if (!(scheme.equals("http") || scheme.equals("https"))
                    || host == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null
                    || AMBIGUOUS.matcher(path).find()
                    || hasDots(path)) {
                return null;
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? HTTP_PORT : HTTPS_PORT;
            return new Beginning(scheme, host.toLowerCase(Locale.ROOT), port, path.isEmpty() ? "/" : path);
        }

        private static boolean hasDots(String path) {
            for (String segment : path.split("/", -1)) {
                // Some servers cut off what follows a semicolon before they look at the dots.
                int end = segment.indexOf(';');
                String name = end < 0 ? segment : segment.substring(0, end);
                if (name.equals(".") || name.equals("..")) {
                    return true;
                }
            }
            return false;
        }

        boolean covers(Beginning url) {
            return scheme.equals(url.scheme)
                    && host.equals(url.host)
                    && port == url.port
                    && (url.path.equals(path) || url.path.startsWith(path.endsWith("/") ? path : path + "/"));
        }
    }

    private final List<Beginning> allowed;

    private CallbackRule(List<Beginning> allowed) {
        this.allowed = allowed;
    }

    /** @throws IllegalArgumentException naming what is no beginning of a URL */
    static CallbackRule of(List<String> beginnings) {
        return new CallbackRule(beginnings.stream().map(CallbackRule::beginning).toList());
    }

    private static Beginning beginning(String text) {
        Beginning beginning = parsed(text).map(Beginning::of).orElse(null);
        if (beginning == null || text.indexOf('?') >= 0) {
            throw new IllegalArgumentException(SETTING + " has \"" + text
                    + "\"; allowed is the beginning of a URL without user, query or fragment, for example"
                    + " https://example.com/hooks/");
        }
        return beginning;
    }

    /** The URL, if it may be called back. */
    Optional<URI> allows(String url) {
        return parsed(url).filter(uri -> {
            Beginning asked = Beginning.of(uri);
            return asked != null && allowed.stream().anyMatch(one -> one.covers(asked));
        });
    }

    private static Optional<URI> parsed(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text).parseServerAuthority());
        } catch (URISyntaxException ignored) {
            // What is no URL is not allowed: the caller is told so.
            return Optional.empty();
        }
    }
}

package io.p2pfaas.node.runtime;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The function's server: its Host field, its paths and its address.
 *
 * <p>Names are resolved here, on a task thread of the worker: the client would do it on the I/O thread and hold up all
 * calls of that thread while a name server is slow.
 */
final class HttpTarget {
    /** Long enough that a burst of new connections asks once, short enough to follow a container to its new address. */
    private static final long ADDRESS_FRESH_NANOS = 5_000_000_000L;

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::(\\d{1,5}))?");

    private final String authority;
    private final String host;
    private final int port;
    private final String basePath;
    /** Where to connect if the host is an address; null if it is a name. */
    private final @Nullable URI literal;

    private volatile @Nullable Address known;

    HttpTarget(URI base) {
        String authority = base.getRawAuthority();
        // Not URI.getHost(): it knows no names with underscores, which compose files are full of.
        Matcher matcher = AUTHORITY.matcher(authority == null ? "" : authority);
        if (!"http".equalsIgnoreCase(base.getScheme()) || !matcher.matches()) {
            throw new IllegalArgumentException("not a function's address: " + withoutUser(base)
                    + "; allowed is http://host[:port][/path], for example http://127.0.0.1:9000");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("a function's address has no query and no fragment: " + base);
        }
        this.authority = authority == null ? "" : authority;
        this.host = matcher.group(1);
        this.port = matcher.group(2) == null ? 80 : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port + " in " + base + "; allowed is 1 to 65535");
        }
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        boolean literal = host.startsWith("[") || host.matches("\\d+(\\.\\d+){3}");
        this.literal = literal ? uriOf(host, port) : null;
    }

    /** A mistyped address may hold a password; it must not get into messages. */
    private static String withoutUser(URI base) {
        return base.toString().replaceFirst("//[^/]*@", "//***@");
    }

    private static URI uriOf(String host, int port) {
        return URI.create("http://" + host + ":" + port);
    }

    /** The value of the Host field. */
    String authority() {
        return authority;
    }

    /** The request target for a call's raw path and query. */
    String requestTarget(String path, String query) {
        String whole = basePath + path;
        if (whole.isEmpty()) {
            whole = "/";
        }
        return escaped(query.isEmpty() ? whole : whole + "?" + query);
    }

    /**
     * Hands an address to connect to to {@code found}, or null if the name cannot be resolved; on {@code thread}, at
     * once if the address is known. Must be called on {@code thread}.
     */
    void resolve(XnioIoThread thread, Consumer<@Nullable URI> found) {
        Address address = known;
        if (literal != null) {
            found.accept(literal);
        } else if (address != null && System.nanoTime() - address.atNanos < ADDRESS_FRESH_NANOS) {
            found.accept(address.uri);
        } else {
            try {
                thread.getWorker().execute(() -> {
                    URI uri = lookUp();
                    thread.execute(() -> found.accept(uri));
                });
            } catch (RejectedExecutionException ignored) {
                // The worker is shutting down: nothing can be reached any more.
                found.accept(null);
            }
        }
    }

    /** The last address did not answer: the name is looked up anew next time. */
    void forgetAddress() {
        known = null;
    }

    private @Nullable URI lookUp() {
        try {
            String address = InetAddress.getByName(host).getHostAddress();
            URI uri = uriOf(address.contains(":") ? "[" + address + "]" : address, port);
            known = new Address(uri, System.nanoTime());
            return uri;
        } catch (UnknownHostException | IllegalArgumentException ignored) {
            // The caller of resolve reports it, without the name: that is the operator's business.
            return null;
        }
    }

    /** Percent-encodes what may not stand in a request line; a line break from an MQTT property must not end it. */
    private static String escaped(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (!isPlain(target.charAt(i))) {
                return escapedBytes(target.getBytes(StandardCharsets.UTF_8));
            }
        }
        return target;
    }

    private static String escapedBytes(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            if (isPlain((char) (b & 0xff))) {
                text.append((char) b);
            } else {
                text.append(String.format("%%%02X", b));
            }
        }
        return text.toString();
    }

    private static boolean isPlain(char c) {
        return c > ' ' && c < 0x7f;
    }

    private record Address(URI uri, long atNanos) {}
}

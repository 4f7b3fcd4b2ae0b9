package io.p2pfaas.node.config;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/**
 * An address as configured, not looked up: {@code 127.0.0.1:18080}, {@code edge-1:18080}, {@code [::1]:18080}.
 *
 * @param host name or address, IPv6 without brackets
 * @param port 0 to 65535; 0 = any free port
 */
public record HostPort(String host, int port) {
    static final int MAX_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9.])?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,32})?");

    public HostPort {
        if (!NAME.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw new IllegalArgumentException("'" + host + "' is neither a host name nor an address");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not from 0 to " + MAX_PORT);
        }
    }

    /**
     * Reads {@code host:port}; IPv6 addresses are in brackets.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("it has no port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (!IPV6.matcher(host).matches()) {
                throw new IllegalArgumentException("only IPv6 addresses are written in brackets");
            }
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("IPv6 addresses are written in brackets");
        }
        String port = text.substring(colon + 1);
        if (!PORT.matcher(port).matches()) {
            throw new IllegalArgumentException("'" + port + "' is not a port");
        }
        return new HostPort(host, Integer.parseInt(port));
    }

    /** The address to bind or connect to; looks the name up, so it may wait for DNS. */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

package io.p2pfaas.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds ports for the demo: the asked one, or the next free one after it. */
final class Ports {
    private static final int TRIES = 200;
    private static final int LAST_PORT = 65_535;

    private Ports() {}

    /**
     * The first free port of 127.0.0.1 from {@code wanted} on; says so if it is another one.
     *
     * @throws IllegalStateException if there is none near
     */
    static int freeFrom(int wanted, String option, PrintStream out) {
        if (wanted < 1 || wanted > LAST_PORT) {
            throw new IllegalStateException(option + " is " + wanted + ", allowed is 1 to " + LAST_PORT);
        }
        for (int port = wanted; port < wanted + TRIES && port <= LAST_PORT; port++) {
            if (isFree(port)) {
                if (port != wanted) {
                    out.println("Port " + wanted + " is taken, using " + port + ".");
                }
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + wanted + " on; choose another with " + option);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}

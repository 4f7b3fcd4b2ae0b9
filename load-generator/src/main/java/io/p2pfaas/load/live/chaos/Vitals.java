package io.p2pfaas.load.live.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What grows in a process that leaks. Linux only.
 *
 * @param heapBytes of objects that are reachable, after a full collection
 * @param descriptors open files and sockets, without connections
 * @param connections of TCP; those that are idle are kept for reuse, so their number is that of the last seconds
 */
public record Vitals(long heapBytes, int threads, int descriptors, int connections) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)");
    private static final long JCMD_SECONDS = 60;
    private static final double ALLOWED = 0.05;
    private static final long HEAP_FLOOR = 4L << 20;
    private static final int COUNT_FLOOR = 4;
    private static final int CONNECTIONS_FLOOR = 16;
    private static final String SOCKET = "socket:[";
    private static final String ESTABLISHED = "01";
    private static final int STATE_COLUMN = 3;
    private static final int INODE_COLUMN = 9;

    /**
     * Looks from the outside. The histogram of live objects begins with a full collection, and is the same for all
     * collectors.
     *
     * @throws IOException if it cannot be looked at; says why
     */
    static Vitals of(long pid) throws IOException, InterruptedException {
        long heap = number(TOTAL, jcmd(pid, "GC.class_histogram"), "jcmd's total");
        Path process = Path.of("/proc", Long.toString(pid));
        long threads = number(THREADS, Files.readString(process.resolve("status")), "the number of threads");
        List<String> open = open(process.resolve("fd"));
        Set<String> established = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            established.addAll(established(Files.readAllLines(process.resolve(table))));
        }
        int connections = (int) open.stream()
                .filter(target -> target.startsWith(SOCKET)
                        && established.contains(target.substring(SOCKET.length(), target.length() - 1)))
                .count();
        return new Vitals(heap, (int) threads, open.size() - connections, connections);
    }

    /** What its descriptors are. */
    private static List<String> open(Path descriptors) throws IOException {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : all) {
                try {
                    targets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException ignored) {
                    // Closed since it was listed.
                }
            }
        }
        return targets;
    }

    /** Inodes of the connections in a table of the kernel's (proc(5)). */
    static Set<String> established(List<String> table) {
        return table.stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > INODE_COLUMN && columns[STATE_COLUMN].equals(ESTABLISHED))
                .map(columns -> columns[INODE_COLUMN])
                .collect(Collectors.toSet());
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(program)) {
            throw new IOException("no " + program + ": a chaos run needs a JDK to look at the heap of nodes");
        }
        Process jcmd = new ProcessBuilder(program.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!jcmd.waitFor(JCMD_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
            jcmd.destroyForcibly();
            throw new IOException("jcmd cannot look at process " + pid + ": " + said.strip());
        }
        return said;
    }

    private static long number(Pattern pattern, String text, String what) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("cannot find " + what + " in: " + text.strip());
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Whether this is no more than 5 % above an earlier look, or above it by no more than 4 MiB, 4 threads, 4 files, 16 connections. */
    boolean isFlatSince(Vitals before) {
        return isFlat(before.heapBytes, heapBytes, HEAP_FLOOR)
                && isFlat(before.threads, threads, COUNT_FLOOR)
                && isFlat(before.descriptors, descriptors, COUNT_FLOOR)
                && isFlat(before.connections, connections, CONNECTIONS_FLOOR);
    }

    private static boolean isFlat(long before, long after, long floor) {
        return after - before <= Math.max(floor, Math.round(before * ALLOWED));
    }
}

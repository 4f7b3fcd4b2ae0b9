package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program and all that it starts, as one process group, so that they can be ended together. Where the system has no
 * {@code setsid} only those are ended that can be found as its descendants.
 */
final class Program {
    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final boolean HAS_GROUPS = Files.isExecutable(Path.of("/usr/bin/setsid"));
    /** What a program sees of the node's own environment, which may hold passwords. */
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER");
    /** A variable that is longer is none: the system would refuse to start the program. */
    private static final int MAX_VALUE = 64 * 1024;

    private static final String TOKEN = "FUNCTION_RUN";

    private final Process process;
    private final String token;
    private final AtomicBoolean killed = new AtomicBoolean();

    private Program(Process process, String token) {
        this.process = process;
        this.token = token;
    }

    static Program start(ExecSpec spec, Request request) throws IOException {
        Path place = Path.of(spec.command().get(0));
        if (!Files.isExecutable(place)) {
            // setsid would find out too, but its failure looks like one of the program.
            throw new NoSuchFileException(place.toString());
        }
        List<String> command = new ArrayList<>();
        if (HAS_GROUPS) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(INHERITED);
        describe(request, builder.environment());
        String token = UUID.randomUUID().toString();
        builder.environment().put(TOKEN, token);
        return new Program(builder.start(), token);
    }

    /** The names of OpenFaaS's classic watchdog, and those of CGI. */
    private static void describe(Request request, Map<String, String> environment) {
        request.headers().forEach((name, value) -> put(environment, "Http_" + variable(name), value));
        put(environment, "Http_Method", request.method());
        put(environment, "Http_Path", request.path());
        put(environment, "Http_Query", request.query());
        put(environment, "Http_ContentLength", Integer.toString(request.body().remaining()));
        put(environment, "REQUEST_METHOD", request.method());
        put(environment, "PATH_INFO", request.path());
        put(environment, "QUERY_STRING", request.query());
        put(environment, "CONTENT_LENGTH", Integer.toString(request.body().remaining()));
        String type = request.headers().first("content-type");
        put(environment, "CONTENT_TYPE", type == null ? "" : type);
    }

    /** {@code content-type} becomes {@code Content_Type}. */
    private static String variable(String header) {
        StringBuilder name = new StringBuilder(header.length());
        for (String part : header.split("-", -1)) {
            if (name.length() > 0) {
                name.append('_');
            }
            if (!part.isEmpty()) {
                name.append(part.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(part.substring(1).toLowerCase(Locale.ROOT));
            }
        }
        return name.toString();
    }

    private static void put(Map<String, String> environment, String name, String value) {
        boolean isVariable = name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '=');
        if (isVariable && value.length() <= MAX_VALUE && value.indexOf('\0') < 0) {
            environment.put(name, value);
        }
    }

    Process process() {
        return process;
    }

    /**
     * Ends what it started and what made itself independent of it, but has its environment. Looks at all processes of the
     * machine, so only for those that hold something of ours.
     */
    void killIndependent() {
        byte[] wanted = (TOKEN + "=" + token).getBytes(StandardCharsets.US_ASCII);
        ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .filter(handle -> has(handle.pid(), wanted))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean has(long pid, byte[] wanted) {
        try {
            String environment =
                    Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
            return environment.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException ignored) {
            // Gone meanwhile, somebody else's, or a system without /proc.
            return false;
        }
    }

    /** Ends it and all that it started; once is enough. */
    void kill() {
        if (!killed.compareAndSet(false, true)) {
            return;
        }
        // First those that left the group.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (HAS_GROUPS) {
            try {
                // The shell's own kill: not every machine has the program. An empty group is none, which it says.
                new ProcessBuilder("/bin/sh", "-c", "kill -KILL -\"$0\"", Long.toString(process.pid()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException failed) {
                LOG.error("what the program {} started may go on: {}", process.pid(), failed.toString());
            }
        }
    }
}

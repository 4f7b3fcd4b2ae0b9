package io.p2pfaas.node.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code top} draws: a whole screen in a terminal that understands ANSI, otherwise one block after the other. Keys
 * count at once where stty can arrange that, and with Enter elsewhere; at the end the terminal is as it was, also after
 * Ctrl-C.
 */
final class Screen implements AutoCloseable {
    private static final String ESCAPE = "\u001b[";
    private static final String BEGIN = ESCAPE + "?1049h" + ESCAPE + "?25l";
    private static final String END = ESCAPE + "?25h" + ESCAPE + "?1049l";
    private static final String HOME = ESCAPE + "H";
    private static final String REST_OF_LINE = ESCAPE + "K";
    private static final String REST = ESCAPE + "J";
    private static final Space USUAL = new Space(24, 79);
    private static final long TOOL_SECONDS = 2;

    private final PrintStream out = System.out;
    private final boolean whole;
    private final @Nullable String before;
    private final Thread atExit = new Thread(this::restore, "p2pfaas-terminal");
    private boolean restored;

    private Screen(boolean whole, @Nullable String before) {
        this.whole = whole;
        this.before = before;
    }

    /** @param terminalKind the variable TERM; null if it is not set */
    static Screen open(@Nullable String terminalKind) {
        boolean whole = terminalKind != null && !terminalKind.equals("dumb") && isTerminal(1);
        String before = null;
        if (whole && isTerminal(0)) {
            before = stty("-g");
            if (before != null && stty("-icanon -echo min 1 time 0") == null) {
                before = null;
            }
        }
        Screen screen = new Screen(whole, before);
        if (whole) {
            Runtime.getRuntime().addShutdownHook(screen.atExit);
            screen.out.print(BEGIN);
        }
        return screen;
    }

    /** Whether a key counts without Enter. */
    boolean takesKeysAtOnce() {
        return before != null;
    }

    /** How much there is room for just now. The last column stays free: erasing the rest there would take its character. */
    Space space() {
        if (!whole) {
            return Space.UNBOUNDED;
        }
        String text = stty("size");
        if (text != null && text.matches("[1-9][0-9]{0,3} [1-9][0-9]{0,3}")) {
            String[] parts = text.split(" ", -1);
            return new Space(Integer.parseInt(parts[0]), Math.max(1, Integer.parseInt(parts[1]) - 1));
        }
        return USUAL;
    }

    /** Draws what fits. */
    void show(List<String> lines, Space space) {
        if (!whole) {
            lines.forEach(out::println);
            out.println();
            out.flush();
            return;
        }
        StringBuilder page = new StringBuilder(HOME);
        for (int i = 0; i < Math.min(lines.size(), space.rows()); i++) {
            String line = lines.get(i);
            // A line end below the last line would push the first one out.
            page.append(i == 0 ? "" : "\r\n")
                    .append(line, 0, Math.min(line.length(), space.columns()))
                    .append(REST_OF_LINE);
        }
        out.print(page.append(REST));
        out.flush();
    }

    private static boolean isTerminal(int descriptor) {
        try {
            return new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException ignored) {
            // A system without test has no terminal that we know.
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What stty says, or null if it could not do it. */
    private static @Nullable String stty(String arguments) {
        try {
            Process process = new ProcessBuilder(("stty " + arguments).split(" ", -1))
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0 ? said : null;
        } catch (IOException ignored) {
            // Then keys need Enter, and the screen has the usual size.
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private synchronized void restore() {
        if (restored) {
            return;
        }
        restored = true;
        out.print(END);
        out.flush();
        if (before != null) {
            String ignored = stty(before);
        }
    }

    @Override
    public void close() {
        if (whole) {
            restore();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException ignored) {
                // The JVM ends already, and the hook finds everything done.
            }
        }
    }
}

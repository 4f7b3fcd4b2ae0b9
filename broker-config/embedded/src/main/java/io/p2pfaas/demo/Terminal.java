package io.p2pfaas.demo;

import java.io.Console;

/** Whether people are watching. */
final class Terminal {
    private Terminal() {}

    /** True when standard input and output are a terminal, so that a line can be written over. */
    // The null check is right up to JDK 21; from 22 on the console may be there without a terminal and can be asked.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isPresent() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException ignored) {
            // Before JDK 22.
            return true;
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("Console.isTerminal", broken);
        }
    }
}

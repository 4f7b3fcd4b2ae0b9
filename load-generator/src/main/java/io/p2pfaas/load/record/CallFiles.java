package io.p2pfaas.load.record;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Where the calls of a repetition are kept in a result folder, one file each. */
public final class CallFiles {
    /** The folder in the result folder. */
    public static final String FOLDER = "calls";

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._=-]+");
    private static final int READABLE = 80;

    private CallFiles() {}

    /**
     * The file's name, safe on every system: as much of the settings as is readable, and a checksum of all of them.
     *
     * @param point settings by axis name, in any order
     */
    public static String name(RunResult.World world, Map<String, String> point, int repetition) {
        StringBuilder settings = new StringBuilder(world.name().toLowerCase(Locale.ROOT));
        new TreeMap<>(point)
                .forEach((axis, value) ->
                        settings.append(' ').append(axis).append('=').append(value));
        CRC32 checksum = new CRC32();
        checksum.update(settings.toString().getBytes(StandardCharsets.UTF_8));
        String readable = UNSAFE.matcher(settings).replaceAll("_");
        return String.format(
                Locale.ROOT,
                "%s-%08x-r%03d.csv",
                readable.substring(0, Math.min(READABLE, readable.length())),
                checksum.getValue(),
                repetition);
    }
}

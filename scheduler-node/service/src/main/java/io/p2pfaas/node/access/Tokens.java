package io.p2pfaas.node.access;

import io.p2pfaas.node.call.Sha256;
import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.files.FileWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that are valid now. Only their SHA-256 is known, which is enough for secrets of 256 random bits: there is
 * nothing to guess, so nothing has to make guessing slow. Several of one role may be valid at once, so that a new one
 * can be handed out before the old one is taken away. Immutable.
 */
public final class Tokens {
    /** No token. */
    public static final Tokens NONE = new Tokens(List.of());

    private static final int MAX_TOKENS = 1000;
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final String HASH = "sha256:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private record Entry(Role role, String sha256, String name) {}

    /**
     * Somebody who has a token.
     *
     * @param name as in the file, for logs and limits
     */
    public record Holder(Role role, String name) {}

    private final List<Entry> entries;

    private Tokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Reads {@code file} now, and again when it changes. */
    public static FileWatch<Tokens> watch(Path file) throws FileProblem {
        return new FileWatch<>("tokens", List.of(file), () -> read(file));
    }

    /** Reads a file of tokens; blocks. */
    public static Tokens read(Path file) throws FileProblem {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new FileProblem(file.toString(), "it is larger than " + MAX_FILE_BYTES + " bytes", null);
            }
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new FileProblem(file.toString(), "there is no such file", e);
        } catch (IOException e) {
            throw new FileProblem(
                    file.toString(), "cannot be read: " + e.getClass().getSimpleName(), e);
        } catch (IllegalArgumentException e) {
            throw new FileProblem(file.toString(), String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads lines {@code ROLE sha256:HEX [NAME]}.
     *
     * @throws IllegalArgumentException with the number of the line, and what is allowed there; nothing of a hash is in it
     */
    static Tokens parse(String text) {
        List<Entry> entries = new ArrayList<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                entries.add(entry(i + 1, line));
            }
        }
        if (entries.isEmpty()) {
            // A file that is just being written would open the node to everybody.
            throw new IllegalArgumentException("it has no token; without the setting http.tokens-file none is needed");
        }
        if (entries.size() > MAX_TOKENS) {
            throw new IllegalArgumentException("it has " + entries.size() + " tokens; at most " + MAX_TOKENS);
        }
        return new Tokens(entries);
    }

    private static Entry entry(int number, String line) {
        String[] words = BLANKS.split(line, -1);
        Role role = role(words[0]);
        String sha256 = words.length < 2 ? null : hash(words[1]);
        boolean nameIsFine = words.length < 3 || NAME.matcher(words[2]).matches();
        if (role == null || sha256 == null || words.length > 3 || !nameIsFine) {
            throw new IllegalArgumentException("line " + number
                    + " is not 'ROLE sha256:HEX [NAME]', where the role is invoke or admin, 64 hexadecimal digits"
                    + " follow, and the name is 1 to 64 characters of A-Z a-z 0-9 . _ -; the command 'token' writes"
                    + " such lines");
        }
        return new Entry(role, sha256, words.length == 3 ? words[2] : role.label() + "-" + number);
    }

    private static @Nullable Role role(String word) {
        for (Role role : Role.values()) {
            if (role.label().equals(word)) {
                return role;
            }
        }
        return null;
    }

    private static @Nullable String hash(String word) {
        String hex = word.startsWith(HASH) ? word.substring(HASH.length()).toLowerCase(Locale.ROOT) : "";
        return HEX.matcher(hex).matches() ? hex : null;
    }

    /** How many there are of each role, for the log. */
    String summary() {
        return Arrays.stream(Role.values())
                .map(role ->
                        entries.stream().filter(entry -> entry.role() == role).count() + " " + role.label())
                .collect(Collectors.joining(", "));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether some token has exactly this role. */
    public boolean has(Role role) {
        return entries.stream().anyMatch(entry -> entry.role() == role);
    }

    /** Whose token it is. Takes the same time whether and where it is found. */
    public Optional<Holder> holderOf(String token) {
        if (entries.isEmpty()) {
            // Calls may have an Authorization of their own, and need not be slowed down for nobody's sake.
            return Optional.empty();
        }
        byte[] given = Sha256.hex(token).getBytes(StandardCharsets.US_ASCII);
        Entry found = null;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.sha256().getBytes(StandardCharsets.US_ASCII), given)) {
                found = entry;
            }
        }
        return Optional.ofNullable(found).map(entry -> new Holder(entry.role(), entry.name()));
    }

    /**
     * A new token, and the line that makes it valid.
     *
     * @param token to be shown once, and never kept
     * @param line for the file
     */
    public record Issued(String token, String line) {
        @Override
        public String toString() {
            return "Issued[" + line + "]";
        }
    }

    /**
     * Makes a token.
     *
     * @param name for the file; empty = none
     * @throws IllegalArgumentException if nobody can have this name
     */
    public static Issued issue(Role role, String name) {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name '" + name + "': allowed are 1 to 64 characters of A-Z a-z 0-9 . _ -, for example shop");
        }
        byte[] random = new byte[Sha256.BYTES];
        new SecureRandom().nextBytes(random);
        String token = "p2p_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Arrays.fill(random, (byte) 0);
        String line = role.label() + " " + HASH + Sha256.hex(token);
        return new Issued(token, name.isEmpty() ? line : line + " " + name);
    }
}

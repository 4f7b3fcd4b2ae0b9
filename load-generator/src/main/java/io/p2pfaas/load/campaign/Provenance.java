package io.p2pfaas.load.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.record.RunResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where results come from, as JSON: what was run, with what, on what. Every start of the lab on the same folder adds a
 * session.
 *
 * @param experiment name
 * @param world simulated or live
 * @param sha256 of the experiment file
 * @param inputs SHA-256 of the files that it names
 * @param seed of the experiment
 * @param sessions one for each start, the first first
 */
public record Provenance(
        String experiment,
        String world,
        String sha256,
        Map<String, String> inputs,
        long seed,
        List<Map<String, Object>> sessions) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Provenance {
        inputs = new LinkedHashMap<>(inputs);
        sessions = List.copyOf(sessions);
    }

    /** Without a session yet. */
    static Provenance of(ExperimentFile file, RunResult.World world) {
        Map<String, String> inputs = new LinkedHashMap<>();
        file.inputs().forEach((name, text) -> inputs.put(name, sha256(text)));
        return new Provenance(
                file.experiment().name(),
                world.name().toLowerCase(Locale.ROOT),
                sha256(file.text()),
                inputs,
                file.experiment().run().seed(),
                List.of());
    }

    /**
     * What this process and machine are.
     *
     * @param commandLine as it was typed
     * @param version of the lab
     * @param folder whose git commit counts: that of the experiment file
     */
    static Map<String, Object> session(List<String> commandLine, String version, Path folder, int threads) {
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("started", Instant.now().toString());
        session.put("commandLine", commandLine);
        session.put("lab", version);
        GitState.of(folder).ifPresent(git -> {
            session.put("gitCommit", git.commit());
            session.put("gitChanged", git.changed());
        });
        session.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        session.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        session.put("cores", Runtime.getRuntime().availableProcessors());
        session.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
        session.put("threads", threads);
        return session;
    }

    Provenance with(Map<String, Object> session) {
        List<Map<String, Object>> more = new ArrayList<>(sessions);
        more.add(session);
        return new Provenance(experiment, world, sha256, inputs, seed, more);
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Provenance parse(String json) {
        try {
            return MAPPER.readValue(json, Provenance.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not a provenance: " + broken.getOriginalMessage(), broken);
        }
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has it.
            throw new IllegalStateException(impossible);
        }
    }
}

package io.p2pfaas.node.config;

import io.p2pfaas.node.config.GivenReader.Read;
import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.trace.TraceHeaders;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds the settings of traces and of the log, and tries the file with the collector's header fields. */
final class TracingReader {
    private final GivenValues given;
    private final GivenReader reader;

    TracingReader(GivenValues given, GivenReader reader) {
        this.given = given;
        this.reader = reader;
    }

    TracingSettings tracing() {
        Optional<URI> endpoint = reader.find(TracingTable.OTLP_ENDPOINT);
        TracingSettings settings = new TracingSettings(
                endpoint, reader.value(TracingTable.SAMPLE), reader.value(TracingTable.SERVICE_NAME), headers());
        if (endpoint.isEmpty() && settings.headers().isPresent() && reader.isSound(TracingTable.OTLP_ENDPOINT)) {
            given.first(TracingTable.HEADERS_FILE)
                    .ifPresent(text -> reader.add(
                            TracingTable.HEADERS_FILE, text, "it is of no use without " + TracingTable.OTLP_ENDPOINT));
        }
        return settings;
    }

    private Optional<Path> headers() {
        Optional<Path> file = reader.find(TracingTable.HEADERS_FILE);
        if (file.isPresent()) {
            try {
                TraceHeaders unused = TraceHeaders.read(file.get());
            } catch (FileProblem wrong) {
                given.first(TracingTable.HEADERS_FILE)
                        .ifPresent(text -> reader.add(TracingTable.HEADERS_FILE, text, wrong.reason()));
            }
        }
        return file;
    }

    LogSettings log() {
        Map<String, LogSettings.Level> levels = new LinkedHashMap<>();
        levels.put(LogSettings.EVERYTHING, LogSettings.Level.INFO);
        for (Read<Map.Entry<String, LogSettings.Level>> level :
                reader.read(TracingTable.LOG_LEVEL, given.strongest(TracingTable.LOG_LEVEL))) {
            levels.put(level.value().getKey(), level.value().getValue());
        }
        return new LogSettings(reader.value(TracingTable.LOG_FORMAT), levels);
    }
}

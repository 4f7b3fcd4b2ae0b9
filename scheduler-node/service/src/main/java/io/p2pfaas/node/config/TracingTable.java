package io.p2pfaas.node.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The part of the {@link SettingsTable} that is about traces and the log. */
final class TracingTable {
    static final Setting<URI> OTLP_ENDPOINT = Setting.of(
                    "tracing.otlp-endpoint",
                    new TracingWords.Endpoint(),
                    "collector that traces of calls are sent to by OTLP over HTTP, as JSON")
            .defaultText("(off)")
            .example("http://collector:4318")
            .done();
    static final Setting<Double> SAMPLE = Setting.of(
                    "tracing.sample",
                    new TracingWords.Share(),
                    "share of the calls that are traced, of those whose caller does not say whether its call is to be")
            .defaultsTo("1")
            .example("0.01")
            .done();
    static final Setting<String> SERVICE_NAME = Setting.of(
                    "tracing.service-name", new TracingWords.Name(), "what the cluster is called in traces")
            .defaultsTo("p2pfaas")
            .done();
    static final Setting<Path> HEADERS_FILE = Setting.of(
                    "tracing.headers-file",
                    new Words.Place("FILE"),
                    "file of header fields that the collector wants, a line 'Name: value' each; read again when it changes")
            .defaultText("(none)")
            .example("/run/secrets/otlp-headers")
            .done();

    static final Setting<LogSettings.Format> LOG_FORMAT = Setting.of(
                    "log.format",
                    new TracingWords.LogFormat(),
                    "how the log is written: text, json = a JSON object in each line, or auto = text on a terminal only")
            .defaultsTo("auto")
            .done();
    static final Setting<Map.Entry<String, LogSettings.Level>> LOG_LEVEL = Setting.of(
                    "log.level",
                    new TracingWords.LogLevel(),
                    "what is logged, or PACKAGE=LEVEL for one package or class and what is below")
            .shape(Setting.Shape.LIST)
            .defaultsTo("info")
            .example("io.p2pfaas.node.mqtt=debug")
            .done();

    static final List<Setting<?>> ALL =
            List.of(OTLP_ENDPOINT, SAMPLE, SERVICE_NAME, HEADERS_FILE, LOG_FORMAT, LOG_LEVEL);

    private TracingTable() {}
}

package io.p2pfaas.node.trace;

import io.p2pfaas.node.files.FileWatch;
import java.net.URI;
import java.util.Optional;

/**
 * Where spans go.
 *
 * @param url of the collector, whole
 * @param headers fields that it wants to see
 * @param serviceName of all nodes of a cluster alike
 * @param node which of them this is
 */
public record TraceSetup(
        URI url, Optional<FileWatch<TraceHeaders>> headers, String serviceName, String node, String version) {
    /** The export, which begins when it is started. */
    public SpanExport export() {
        return new SpanExport(new OtlpJson(serviceName, node, version), new OtlpPost(url, headers, OtlpPost.PATIENCE));
    }
}

package io.p2pfaas.node.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Grafana dashboard of docs/monitoring, with its variables replaced as Grafana would. */
final class Dashboard {
    private final JsonNode document;

    /** A query and the title of its panel. */
    record Query(String panel, String expression) {}

    private Dashboard(JsonNode document) {
        this.document = document;
    }

    static Dashboard read(Path file) {
        try {
            return new Dashboard(new ObjectMapper().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** All queries of all panels, with every job, node and function chosen. */
    List<Query> queries() {
        List<Query> all = new ArrayList<>();
        for (JsonNode panel : document.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(new Query(
                        panel.path("title").asText(),
                        concrete(target.path("expr").asText())));
            }
        }
        return all;
    }

    private static String concrete(String expression) {
        return expression
                .replace("$job", "p2pfaas")
                .replace("$node", ".*")
                .replace("$function", ".*")
                .replace("$__rate_interval", "30s")
                .replace("$__range", "5m");
    }
}

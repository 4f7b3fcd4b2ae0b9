package io.p2pfaas.node.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Manages the functions of one node over HTTP, in the JSON of the OpenFaaS gateway. */
final class Operator {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Caller caller = new Caller();
    private final String url;

    Operator(String url) {
        this.url = url;
    }

    Reply send(String method, String path, String body) {
        return Await.of(caller.send(method, url + path, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** As faas-cli does: first an update, and if there is nothing to update a deployment. */
    Reply deploy(String json) {
        Reply updated = send("PUT", "/system/functions", json);
        return updated.status() == 404 ? send("POST", "/system/functions", json) : updated;
    }

    Reply remove(String name) {
        return send("DELETE", "/system/functions", "{\"functionName\":\"" + name + "\"}");
    }

    Reply scale(String name, int replicas) {
        return send(
                "POST",
                "/system/scale-function/" + name,
                "{\"serviceName\":\"" + name + "\",\"replicas\":" + replicas + "}");
    }

    /** What the node says of one function. */
    JsonNode describe(String name) {
        return json(send("GET", "/system/function/" + name, "").text());
    }

    /** Names of all functions. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        json(send("GET", "/system/functions", "").text())
                .forEach(function -> names.add(function.path("name").asText()));
        return names;
    }

    /** The lines that a function has written so far. */
    List<JsonNode> logs(String name) {
        return send("GET", "/system/logs?name=" + name, "")
                .text()
                .lines()
                .map(Operator::json)
                .toList();
    }

    Reply call(String path, String body) {
        return send("POST", "/function/" + path, body);
    }

    void awaitAvailable(String name, int replicas) {
        Await.until(() -> name + " has " + replicas + " replicas: " + describe(name), () -> {
            JsonNode now = describe(name);
            return now.path("availableReplicas").asInt(-1) == replicas
                    && now.path("replicas").asInt(-1) == replicas;
        });
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(text, broken);
        }
    }
}

package io.p2pfaas.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * The page as it is read without script: the header and the nodes, as they are when it is asked for. Whatever comes from
 * outside is escaped.
 */
final class FirstView {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEADER = "<!--first-header-->";
    private static final String NODES = "<!--first-nodes-->";

    private FirstView() {}

    static String in(String page, byte[] board) {
        try {
            JsonNode read = JSON.readTree(board);
            return page.replace(HEADER, header(read)).replace(NODES, nodes(read));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String header(JsonNode board) {
        int ready = 0;
        double offered = 0;
        for (JsonNode node : board.path("nodes")) {
            ready += node.path("state").asText().equals("online") ? 1 : 0;
            offered += node.path("report").path("rates").path("received").asDouble();
        }
        return String.format(
                Locale.ROOT,
                "<p>Node %s: %d of %d nodes online, broker link %s, %.1f calls per second.</p>",
                escaped(board.path("node").asText()),
                ready,
                board.path("nodes").size(),
                board.path("link").path("up").asBoolean() ? "up" : "DOWN: calls run only here",
                offered);
    }

    private static String nodes(JsonNode board) {
        StringBuilder table = new StringBuilder("<table><caption>Nodes</caption><thead><tr>");
        for (String column : new String[] {"Node", "State", "Running", "Queued", "Heard of", "Scheduler", "Version"}) {
            table.append("<th scope=\"col\">").append(column).append("</th>");
        }
        table.append("</tr></thead><tbody>");
        for (JsonNode node : board.path("nodes")) {
            JsonNode sample = node.path("sample");
            table.append("<tr><th scope=\"row\">")
                    .append(escaped(node.path("id").asText()));
            table.append("</th>");
            cell(table, node.path("state").asText());
            cell(table, sample.isMissingNode() ? "?" : of(sample, "running", "slots"));
            cell(table, sample.isMissingNode() ? "?" : of(sample, "queued", "queueMax"));
            cell(
                    table,
                    node.path("self").asBoolean()
                            ? "this node"
                            : sample.path("ageMillis").asLong() + " ms ago");
            cell(table, node.path("report").path("scheduler").asText("?"));
            cell(table, node.path("version").asText());
            table.append("</tr>");
        }
        return table.append("</tbody></table>").toString();
    }

    private static String of(JsonNode sample, String some, String all) {
        return sample.path(some).asInt() + " of " + sample.path(all).asInt();
    }

    private static void cell(StringBuilder table, String text) {
        table.append("<td>").append(escaped(text)).append("</td>");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

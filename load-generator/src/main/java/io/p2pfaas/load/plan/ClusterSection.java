package io.p2pfaas.load.plan;

import io.p2pfaas.load.plan.Experiment.ClusterSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads nodes and broker. */
final class ClusterSection {
    static final String MOSQUITTO = "mosquitto";

    private static final int MAX_NODES = 100_000;
    private static final Pattern REPEATED = Pattern.compile("([0-9.]+)x([0-9]{1,6})");

    private final Section section;

    private ClusterSection(Section section) {
        this.section = section;
    }

    static ClusterSpec read(Section section) {
        return new ClusterSection(section).cluster();
    }

    private ClusterSpec cluster() {
        List<String> addresses = section.values("addresses", address(), "http://127.0.0.11:18080");
        if (section.has("addresses") && section.has("launch")) {
            section.problem("launch", "it contradicts addresses", "one of them", "launch: 8");
        } else if (!section.has("addresses") && !section.has("launch")) {
            section.problem(
                    "", "launch or addresses is missing", "how many nodes to start, or where they are", "launch: 8");
        }
        int launch = section.value("launch", ValueKind.whole(1, MAX_NODES), Math.max(1, addresses.size()), "8");
        ClusterSpec cluster = new ClusterSpec(
                addresses,
                addresses.isEmpty() ? launch : addresses.size(),
                section.value("broker", broker(), section.has("addresses") ? "" : MOSQUITTO, MOSQUITTO),
                section.value("slots", ValueKind.whole(1, 10_000), 4, "4"),
                section.value("queue", ValueKind.whole(0, 100_000), 4, "0"),
                settings(),
                factors("rates", 0),
                factors("speeds", 1e-6));
        section.end();
        return cluster;
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        Section given = section.section("settings", "settings: {call.timeout: 30s}");
        for (String key : given.keys()) {
            String value = given.value(key, ValueKind.anyText(), "", "30s");
            if (NodeSettingKeys.SET_BY_THE_LAB.contains(key)) {
                given.problem(key, "the lab itself sets this for every node", "another setting", "");
            } else if (!NodeSettingKeys.isKnown(key)) {
                given.problem(
                        key,
                        "unknown key"
                                + Suggestion.closest(key, NodeSettingKeys.FREE)
                                        .map(meant -> "; did you mean " + meant + "?")
                                        .orElse(""),
                        String.join(", ", NodeSettingKeys.FREE) + ", " + NodeSettingKeys.BROKER_DEAL,
                        "");
            } else {
                settings.add(new Setting(key, value));
            }
        }
        return settings;
    }

    /** Numbers, and {@code 1.4x4} for four times 1.4. */
    private List<Double> factors(String key, double least) {
        ValueKind<Double> factor = ValueKind.number(least, 1e6);
        ValueKind<List<Double>> repeated = new ValueKind<>(factor.allowed() + ", also FACTORxCOUNT", text -> {
            Matcher matcher = REPEATED.matcher(text);
            if (!matcher.matches()) {
                return List.of(factor.parse(text));
            }
            int count = ValueKind.whole(1, MAX_NODES).parse(matcher.group(2));
            return Collections.nCopies(count, factor.parse(matcher.group(1)));
        });
        List<Double> factors = section.values(key, repeated, "1.4x4, 0.4x4").stream()
                .flatMap(List::stream)
                .toList();
        if (!factors.isEmpty() && factors.stream().allMatch(one -> one == 0)) {
            section.problem(key, "all factors are 0", "at least one above 0", "");
        }
        return factors;
    }

    /** Fewer factors than nodes are dealt again from the first; that must come out even. */
    static void checkFactors(Section section, String key, List<Double> factors, int nodes) {
        if (!factors.isEmpty() && nodes % factors.size() != 0) {
            section.problem(
                    key,
                    "there are " + factors.size() + " factors for " + nodes + " nodes",
                    "one factor for each node, or a number of them that divides the number of nodes",
                    key + ": [1.4x" + (nodes + 1) / 2 + ", 0.4x" + nodes / 2 + "]");
        }
    }

    private static ValueKind<String> address() {
        return new ValueKind<>("http://host:port without a path", text -> {
            URI uri = URI.create(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (!http
                    || !bare
                    || uri.getHost() == null
                    || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
                throw new IllegalArgumentException("not such an address");
            }
            return uri.getRawPath().isEmpty() ? text : text.substring(0, text.length() - 1);
        });
    }

    private static ValueKind<String> broker() {
        return new ValueKind<>("mosquitto (started by the lab) or mqtt://host:port", text -> {
            if (!text.equals(MOSQUITTO) && !text.matches("mqtt://[A-Za-z0-9._-]+(:[0-9]{1,5})?")) {
                throw new IllegalArgumentException("not one of them");
            }
            return text;
        });
    }
}

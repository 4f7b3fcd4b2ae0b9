package io.p2pfaas.load.live.cluster;

import io.p2pfaas.load.plan.Experiment.FunctionSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import java.util.List;

/**
 * All that launched nodes are started with. Two points of one shape can be measured on the same processes.
 *
 * @param addresses of nodes that are there already; empty: launch them
 * @param nodes N
 * @param broker {@code mosquitto}, {@code mosquitto-kept}, or {@code mqtt://host:port}
 * @param scheduler as in {@code --scheduler}; empty: the node's own choice
 * @param settings further node settings
 */
public record ClusterShape(
        List<String> addresses,
        int nodes,
        String broker,
        int slots,
        int queue,
        String scheduler,
        FunctionSpec function,
        List<Setting> settings) {
    /** The broker of this name is started as a process. */
    public static final String MOSQUITTO = "mosquitto";

    /** The same, and it writes down what it holds, so that retained messages outlive a kill. */
    public static final String KEPT_MOSQUITTO = "mosquitto-kept";

    private static final String ROOT_KEY = "broker.root";
    private static final String USUAL_ROOT = "p2pfaas";

    public ClusterShape {
        addresses = List.copyOf(addresses);
        settings = List.copyOf(settings);
        if (nodes < 1) {
            throw new IllegalArgumentException("a live cluster needs at least one node: " + nodes);
        }
    }

    /** The topic levels that all topics of the cluster begin with. */
    public String root() {
        return settings.stream()
                .filter(setting -> setting.key().equals(ROOT_KEY))
                .map(Setting::value)
                .findFirst()
                .orElse(USUAL_ROOT);
    }
}

package io.p2pfaas.load.live;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.ClientSpec;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.ServiceLaw;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Experiments for tests. */
final class Experiments {
    private int nodes = 1;
    private int slots = 4;
    private int serviceMillis = 100;
    private List<Double> rates = List.of();
    private List<Setting> settings = List.of();
    private List<PayloadSpec> payloads = List.of();
    private List<ClientSpec> clients = List.of();
    private List<FaultSpec> faults = List.of();
    private Duration warmup = Duration.ZERO;
    private Duration duration = Duration.ofSeconds(1);
    private Duration timeout = Duration.ofSeconds(5);

    Experiments nodes(int number) {
        nodes = number;
        return this;
    }

    Experiments slots(int number) {
        slots = number;
        return this;
    }

    Experiments serviceMillis(int millis) {
        serviceMillis = millis;
        return this;
    }

    Experiments rates(double... factors) {
        rates = Arrays.stream(factors).boxed().toList();
        return this;
    }

    Experiments settings(Setting... given) {
        settings = List.of(given);
        return this;
    }

    Experiments payloads(PayloadSpec... given) {
        payloads = List.of(given);
        return this;
    }

    Experiments clients(ClientSpec... given) {
        clients = List.of(given);
        return this;
    }

    Experiments faults(FaultSpec... given) {
        faults = List.of(given);
        return this;
    }

    Experiments lengths(Duration warmupLength, Duration measurement, Duration callTimeout) {
        warmup = warmupLength;
        duration = measurement;
        timeout = callTimeout;
        return this;
    }

    Experiment build() {
        return new Experiment(
                "test",
                "",
                new Experiment.ClusterSpec(List.of(), nodes, "mosquitto", slots, 4, settings, rates, List.of()),
                new Experiment.FunctionSpec(
                        "work",
                        "builtin:sleep?mean=" + serviceMillis + "ms&dist=exp",
                        new ServiceLaw.Exponential(serviceMillis * 1e6),
                        true,
                        Duration.ZERO,
                        Duration.ZERO),
                new Experiment.NetworkSpec(Duration.ZERO, Duration.ZERO, 0, 0),
                payloads,
                clients,
                new ArrivalLaw.PoissonLaw(),
                new Grid(List.of()),
                new Experiment.RunSpec(warmup, duration, timeout, timeout, 1, 1, 0, 7),
                faults,
                List.of());
    }
}

package io.p2pfaas.node.fuzz;

import io.p2pfaas.core.fuzz.FuzzTarget;
import io.p2pfaas.node.config.DocumentParsers;
import io.p2pfaas.node.config.SettingsParsers;
import io.p2pfaas.node.config.ValueParsers;
import io.p2pfaas.node.function.FunctionParsers;
import io.p2pfaas.node.http.HttpParsers;
import io.p2pfaas.node.mqtt.MqttParsers;
import io.p2pfaas.node.runtime.RuntimeParsers;
import io.p2pfaas.node.runtime.docker.ContainerParsers;
import io.p2pfaas.node.tls.PemParsers;
import io.p2pfaas.node.wire.WireParsers;
import java.util.List;
import java.util.function.Supplier;

/** What is fuzzed together: parsers that share words, so that one's inputs help with the others'. */
public final class NodeTargets implements Supplier<List<FuzzTarget>> {
    @Override
    public List<FuzzTarget> get() {
        return List.of(
                new FuzzTarget("wire", WireParsers.all()).with(MqttParsers.all()),
                new FuzzTarget("headers", HttpParsers.all()).with(RuntimeParsers.answers()),
                new FuzzTarget("documents", DocumentParsers.all()),
                new FuzzTarget("settings", SettingsParsers.all()),
                new FuzzTarget("functions", FunctionParsers.all()).with(ContainerParsers.all()),
                new FuzzTarget("specs", ValueParsers.all()).with(RuntimeParsers.specs()),
                new FuzzTarget("pem", PemParsers.all()),
                new FuzzTarget("pictures", RuntimeParsers.pictures()));
    }
}

package io.p2pfaas.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import io.p2pfaas.load.plan.Experiment.Via;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExperimentFileTest {
    private static final String SMALL = """
            cluster: {launch: 8}
            function: {service: {law: exponential, mean: 100ms}}
            grid: {scheduler: NoScheduler, rho: 0.9}
            """;

    @TempDir
    private Path folder;

    private Experiment read(String text) throws InvalidExperiment {
        return ExperimentFile.parse("exp.yaml", text, folder, List.of()).experiment();
    }

    private List<String> problems(String text, String... overrides) {
        InvalidExperiment invalid = catchThrowableOfType(
                InvalidExperiment.class, () -> ExperimentFile.parse("exp.yaml", text, folder, List.of(overrides)));
        assertThat(invalid).as("the exception for\n" + text).isNotNull();
        return invalid.problems();
    }

    private static String full() throws IOException {
        try (var in = ExperimentFileTest.class.getResourceAsStream("full.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_file_that_is_too_long_is_refused_with_the_limit() {
        assertThat(problems("# " + "x".repeat(64 * 1024) + "\n" + SMALL))
                .singleElement()
                .asString()
                .contains("at most 65536 characters");
        assertThat(problems(SMALL, "description=" + "x".repeat(64 * 1024)))
                .anySatisfy(problem -> assertThat(problem).contains("at most 65536"));
    }

    @Test
    void every_key_is_read() throws Exception {
        Experiment experiment = read(full());

        assertThat(experiment.name()).isEqualTo("sharing-8");
        assertThat(experiment.cluster().launch()).isEqualTo(8);
        assertThat(experiment.cluster().rates()).containsExactly(1.4, 1.4, 1.4, 1.4, 0.4, 0.4, 0.4, 0.4);
        assertThat(experiment.cluster().settings()).containsExactly(new Experiment.Setting("call.timeout", "30s"));
        assertThat(experiment.function().service()).isEqualTo(new ServiceLaw.Exponential(1e8));
        assertThat(experiment.function().coldStart()).isEqualTo(Duration.ofMillis(300));
        assertThat(experiment.network().delay()).isEqualTo(Duration.ofMillis(2));
        assertThat(experiment.payloads())
                .containsExactly(
                        new Experiment.PayloadSpec("small", 100, 3, Duration.ofMillis(300)),
                        new Experiment.PayloadSpec("large", 100_000, 1, null));
        assertThat(experiment.clients())
                .containsExactly(
                        new Experiment.ClientSpec(Via.HTTP, 0.8, 0),
                        new Experiment.ClientSpec(Via.MQTT5, 0.1, 20),
                        new Experiment.ClientSpec(Via.MQTT311, 0.1, 20));
        assertThat(experiment.arrivals())
                .isEqualTo(new ArrivalLaw.BurstyLaw(Duration.ofSeconds(1), Duration.ofSeconds(3), 0.1));
        assertThat(experiment.grid().points()).hasSize(2 * 4 * 2);
        assertThat(experiment.grid().points().get(2)).hasToString("scheduler=BrokerMatch rho=0.8 queue=0");
        assertThat(experiment.run())
                .isEqualTo(new Experiment.RunSpec(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        5,
                        30,
                        0.1,
                        1));
        assertThat(experiment.faults())
                .hasSize(5)
                .contains(new FaultSpec(Duration.ofSeconds(42), FaultKind.RESUME, "n2"))
                .endsWith(new FaultSpec(Duration.ofSeconds(50), FaultKind.KILL, "broker"));
        assertThat(experiment.gates().get(0).bound()).isEqualTo(10e6);
        assertThat(experiment.gates().get(2).bound()).isEqualTo(0.1, within(1e-12));
        assertThat(experiment.grid().points().stream()
                        .filter(experiment.gates().get(2).where()::matches))
                .hasSize(2);
    }

    @Test
    void what_is_left_out_has_its_default() throws Exception {
        Experiment experiment = read(SMALL);

        assertThat(experiment.name()).isEqualTo("exp");
        assertThat(experiment.cluster().slots()).isEqualTo(4);
        assertThat(experiment.cluster().broker()).isEqualTo("mosquitto");
        assertThat(experiment.function().spec()).isEqualTo("builtin:sleep?mean=100ms&dist=exp");
        assertThat(experiment.function().idempotent()).isTrue();
        assertThat(experiment.payloads()).containsExactly(new Experiment.PayloadSpec("default", 100, 1, null));
        assertThat(experiment.clients()).containsExactly(new Experiment.ClientSpec(Via.HTTP, 1, 0));
        assertThat(experiment.arrivals()).isEqualTo(new ArrivalLaw.PoissonLaw());
        assertThat(experiment.run().minRepetitions()).isEqualTo(5);
        assertThat(experiment.run().maxRepetitions()).isEqualTo(5);
        assertThat(experiment.faults()).isEmpty();
        assertThat(experiment.gates()).isEmpty();
    }

    @Test
    void the_service_time_of_a_built_in_function_need_not_be_said_twice() throws Exception {
        String text = SMALL.replace("service: {law: exponential, mean: 100ms}", "spec: 'builtin:sleep?mean=50ms'");

        assertThat(read(text).function().service()).isEqualTo(new ServiceLaw.Deterministic(5e7));
    }

    @Test
    void all_problems_come_in_one_message_with_their_places() {
        assertThat(problems("""
                        cluster: {launch: eight, slots: 0}
                        functoin: {name: sleep}
                        function: {service: {law: exponential, mean: 100}}
                        grid:
                          scheduler: [BrokerMatch, PowerOfN(1)]
                          rho: [0.9, -1]
                          shceduler: x
                        run: {duration: 10 s}
                        """))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one)
                                .startsWith("exp.yaml, line 1, column 19: cluster.launch: found 'eight'")
                                .contains("a whole number from 1 to 100000", "for example launch: 8"),
                        one -> assertThat(one)
                                .startsWith("exp.yaml, line 1, column 33: cluster.slots: found '0': too small"),
                        one -> assertThat(one)
                                .startsWith("exp.yaml, line 2, column 1: functoin: unknown key")
                                .contains("did you mean function?"),
                        one -> assertThat(one)
                                .startsWith("exp.yaml, line 3, column 46: function.service.mean")
                                .contains("the unit is missing"),
                        one -> assertThat(one)
                                .startsWith("exp.yaml, line 5, column 28: grid.scheduler")
                                .contains("there is no policy 'PowerOfN'", "BrokerMatch, LeastLoadedSpill"),
                        one -> assertThat(one).startsWith("exp.yaml, line 6, column 14: grid.rho: found '-1'"),
                        one -> assertThat(one)
                                .startsWith(
                                        "exp.yaml, line 7, column 3: grid.shceduler: unknown key; did you mean scheduler?"),
                        one -> assertThat(one).startsWith("exp.yaml, line 8, column 17: run.duration: found '10 s'"));
    }

    /** Appended to, or replacing a line of, a sound file. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cluster: {launch: 8, addresses: ['http://a:1']}                | contradicts addresses
            cluster: {slots: 4}                                            | launch or addresses is missing
            cluster: {launch: 8, rates: [1.4x4, 0.4x3]}                    | 7 factors for 8 nodes
            cluster: {launch: 8, settings: {call.timeuot: 3s}}             | did you mean call.timeout?
            cluster: {launch: 8, settings: {slots: 3}}                     | the lab itself sets this
            cluster: {addresses: ['http://a:1/function']}                  | without a path
            cluster: {launch: 8, broker: 'tcp://x'}                        | mqtt://host:port
            cluster: [8]                                                   | found a list
            cluster:                                                       | it has no value
            function: {name: sleep}                                        | service is missing
            function: {spec: 'builtin:sleep', service: {law: exponential, mean: 100ms}} | contradicts service
            function: {service: {law: pareto, mean: 1s}}                   | alpha is missing
            function: {service: {law: normal, mean: 1s}}                   | exponential, deterministic, lognormal
            function: {service: {law: deterministic, mean: 1s, sigma: 1}}  | unknown key
            function: {service: {law: empirical, file: none.txt}}          | there is no file
            function: {service: {law: empirical, file: ../none.txt}}       | below the folder
            grid: {rho: 0.9}                                               | scheduler is missing
            grid: {scheduler: NoScheduler}                                 | rho or lambda is missing
            grid: {scheduler: NoScheduler, rho: 0.9, lambda: 3}            | contradict each other
            grid: {scheduler: NoScheduler, rho: [0.9, 0.90]}               | there twice
            grid: {scheduler: NoScheduler, rho: 0.9 to 0.8 step 0.1}       | it is empty
            grid: {scheduler: NoScheduler, rho: 0 to 1 step 0.1}           | too small
            grid: {scheduler: NoScheduler, rho: []}                        | the list is empty
            grid: {scheduler: NoScheduler, rho: 0.9, id: x}                | the lab itself sets this
            grid: {scheduler: 'NoScheduler(maybe)', rho: 0.9}              | parameter 1 (loss)
            grid: {scheduler: PowerOfNScheduler(1,rho: 0.9}                | a policy is written Name
            payloads: [{name: a}, {name: a}]                               | is there twice
            payloads: [{bytes: -1}]                                        | too small
            payloads: [{weight: 0}]                                        | above 0
            clients: [{via: coap}]                                         | one of http, mqtt5, mqtt311
            clients: [{via: http, devices: 3}]                             | HTTP clients are no devices
            clients: [{share: 1}]                                          | via is missing
            arrivals: {law: bursty, on: 1s}                                | off is missing
            arrivals: {law: bursty, on: 1s, off: 1s, quiet: 2}             | too large
            arrivals: {law: poisson, on: 1s}                               | unknown key
            arrivals: {law: replay}                                        | files is missing
            arrivals: {law: replay, files: none.csv}                       | there is no file
            run: {repetitions: 5, max-repetitions: 3, half-width: 0.1}     | below repetitions
            run: {repetitions: 5, max-repetitions: 9}                      | without half-width
            run: {repetitions: 1, half-width: 0.1}                         | two repetitions
            run: {seed: 1.5}                                               | 64 bits
            run: {duration: 1s, duration: 2s}                              | a second time; the first is at exp.yaml, line 4
            faults: [{at: 2s, start: n1}]                                  | n1 is running by then
            faults: [{at: 2s, kill: n9}]                                   | broker, or n1 to n8
            faults: [{at: 2s}]                                             | found 0 things to do
            faults: [{at: 2m, kill: n1}]                                   | the measurement is over
            faults: [{at: 3s, pause: n1}, {at: 2s, kill: n1}]              | n1 is killed by then
            gates: ['pC < 1']                                              | there is no metric pC, did you mean pB?
            gates: ['pB = 1']                                              | not a condition
            gates: ['latency-p99 < 10']                                    | a duration such as 10ms
            gates: ['failed < 1.5']                                        | a whole number
            gates: ['pB < 0.1 where rho=0.8']                              | it has 0.9
            gates: ['pB < 0.1 where delay=0.8']                            | the grid has no axis 'delay'
            network: {loss: 2}                                             | too large
            name: 'a b'                                                    | 1 to 100 characters
            name: *other                                                   | alias
            """)
    void what_is_not_possible_is_refused_with_a_reason(String line, String reason) {
        String key = line.substring(0, line.indexOf(':') + 1);
        StringBuilder text = new StringBuilder();
        SMALL.lines()
                .filter(other -> !other.startsWith(key))
                .forEach(other -> text.append(other).append('\n'));
        if (SMALL.contains(key)) {
            text.append('\n');
        }
        assertThat(problems(text + line)).anySatisfy(one -> assertThat(one).contains(reason));
        assertThat(problems(text + line)).allSatisfy(one -> assertThat(one).contains("exp.yaml, line "));
    }

    @Test
    void mqtt_clients_of_given_nodes_need_a_broker() {
        assertThat(problems(
                        SMALL.replace("launch: 8", "addresses: ['http://127.0.0.1:1']") + "clients: [{via: mqtt5}]"))
                .singleElement()
                .asString()
                .contains("MQTT clients need the broker");
    }

    @ParameterizedTest
    @CsvSource({"'', no keys found", "- a, no keys found", "'a: [', not YAML from here on"})
    void what_is_no_map_is_refused(String text, String reason) {
        assertThat(problems(text)).singleElement().asString().contains(reason);
    }

    @Test
    void a_second_document_is_refused() {
        assertThat(problems(SMALL + "---\nname: x"))
                .anySatisfy(one -> assertThat(one).contains("a second document"));
    }

    @Test
    void traces_are_found_beside_the_file_one_for_each_node() throws Exception {
        Files.createDirectories(folder.resolve("traffic"));
        for (int node = 0; node < 8; node++) {
            Files.writeString(folder.resolve("traffic/load" + node + ".csv"), "0,0." + node + "\n1,0.5\n");
        }
        String text = SMALL + "arrivals: {law: replay, files: 'traffic/load{node}.csv', max: 2, shift: 3s}";
        ExperimentFile file = ExperimentFile.parse("exp.yaml", text, folder, List.of());

        assertThat(file.inputs()).hasSize(8).containsEntry("traffic/load3.csv", "0,0.3\n1,0.5\n");
        assertThat(file.experiment().arrivals()).isInstanceOfSatisfying(ArrivalLaw.ReplayLaw.class, law -> {
            assertThat(law.traces()).hasSize(8);
            assertThat(law.traces().get(3).at(0)).isEqualTo(0.3, within(1e-12));
            assertThat(law.period()).isEqualTo(Duration.ofSeconds(65));
            assertThat(law.max()).isEqualTo(2);
        });
    }

    @Test
    void a_broken_trace_is_named_with_its_line() throws Exception {
        Files.writeString(folder.resolve("load.csv"), "index,load\n0,0.5\n1,1.5\n");
        assertThat(problems(SMALL + "arrivals: {law: replay, files: load.csv}"))
                .singleElement()
                .asString()
                .contains("load.csv, line 3: the load is 1.5, allowed is 0 to 1");
    }

    @Test
    void measured_service_times_come_from_a_file() throws Exception {
        Files.writeString(folder.resolve("times.txt"), "# measured\n10ms\n\n30ms\n");
        String text = SMALL.replace("law: exponential, mean: 100ms", "law: empirical, file: times.txt");

        assertThat(read(text).function().service().meanNanos()).isEqualTo(20e6);
        assertThat(read(text).function().spec()).isEmpty();
        Files.writeString(folder.resolve("times.txt"), "10ms\n30\n");
        assertThat(problems(text))
                .singleElement()
                .asString()
                .contains("times.txt, line 2: found '30': the unit is missing");
    }

    @Test
    void values_can_be_overruled_and_the_text_says_so() throws Exception {
        List<String> overrides =
                List.of("rho=0.9,0.6", "scheduler=BrokerMatch,PowerOfNScheduler(1,3,true,1)", "run.duration=2m");
        ExperimentFile file = ExperimentFile.parse("exp.yaml", full(), folder, overrides);

        assertThat(file.experiment().grid().points()).hasSize(8);
        assertThat(file.experiment().run().duration()).isEqualTo(Duration.ofMinutes(2));
        assertThat(read(file.text())).isEqualTo(file.experiment());
        assertThat(problems(SMALL, "rho=much"))
                .singleElement()
                .asString()
                .startsWith("--set rho=much: grid.rho: found 'much': not a number");
    }

    @Test
    void a_rewritten_file_says_the_same() throws Exception {
        Problems none = new Problems();
        String again = YamlValue.yaml(YamlText.read("a", full(), none));

        assertThat(YamlValue.flat(YamlText.read("b", again, none)))
                .isEqualTo(YamlValue.flat(YamlText.read("a", full(), none)));
        assertThat(none.texts()).isEmpty();
    }

    @Test
    void settings_of_nodes_are_those_that_nodes_have() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("../docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(documented)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(
                                NodeSettingKeys.FREE.contains(key) != NodeSettingKeys.SET_BY_THE_LAB.contains(key))
                        .as(key)
                        .isTrue());
        assertThat(documented).containsAll(NodeSettingKeys.FREE).containsAll(NodeSettingKeys.SET_BY_THE_LAB);
    }

    @Test
    void the_examples_in_the_docs_are_sound() throws Exception {
        String docs = Files.readString(Path.of("../docs/lab/experiments.md"));
        List<String> examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(docs)
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        for (String example : examples) {
            assertThat(read(example).grid().points()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"90s, 1.5m", "100ms, 100ms", "80s, 80s", "1500us, 1.5ms", "24h, 24h", "0s, 0s", "0.5us, 0.5us"})
    void durations_are_written_in_a_fitting_unit(String text, String written) {
        assertThat(TimeText.of(TimeText.parse(text))).isEqualTo(written);
        assertThat(TimeText.parse(written)).isEqualTo(TimeText.parse(text));
    }

    @Test
    void every_metric_can_be_a_gate() throws Exception {
        for (Metric metric : Metric.values()) {
            String bound = switch (metric.unit()) {
                case SHARE -> "0.5";
                case COUNT -> "7";
                case TIME -> "3ms";
            };
            assertThat(read(SMALL + "gates: ['" + metric.label() + " >= " + bound + "']")
                            .gates())
                    .singleElement()
                    .satisfies(gate -> assertThat(gate.metric()).isEqualTo(metric.label()));
            assertThat(metric.label().toLowerCase(Locale.ROOT)).doesNotContain(" ");
        }
    }
}

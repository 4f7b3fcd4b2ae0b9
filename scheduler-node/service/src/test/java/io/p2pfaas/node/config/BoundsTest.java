package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BoundsTest {
    @ParameterizedTest
    @CsvSource({
        "http.max-body, 1024, 1023, 1GiB, 1073741825",
        "http.max-header, 1KiB, 1023B, 1MiB, 1048577",
        "http.idle-timeout, 100ms, 99ms, 1h, 3601s",
        "http.read-timeout, 100ms, 99ms, 60m, 1.1h",
        "http.io-threads, 0, -1, 256, 257",
        "broker.keep-alive, 1s, 0s, 18h, 64801s",
        "broker.connect-timeout, 100ms, 99ms, 5m, 301s",
        "broker.reconnect-max, 100ms, 99ms, 1h, 3601s",
        "slots, 1, 0, 10000, 10001",
        "queue, 0, -1, 100000, 100001",
        "call.timeout, 1ms, 999us, 24h, 25h",
        "call.max-in-flight, 1, 0, 1000000, 1000001",
        "call.dedupe-window, 1s, 999ms, 1h, 3601s",
        "call.reply-expiry, 0s, -1s, 168h, 169h",
        "device.rate, 1/s, 0/s, 1000000/d, 1000001/d",
        "device.max-in-flight, 0, -1, 1000000, 1000001",
        "device.fn-callers, 1, 0, 1000000, 1000001",
        "call.max-attempts, 1, 0, 64, 65",
        "call.accept-timeout, 10ms, 9ms, 1m, 61s",
        "call.heartbeat, 50ms, 49ms, 1m, 61s",
        "call.book-above, 0, -1, 1GiB, 2GB",
        "learner-port, 1, 0, 65535, 65536",
        "learner.deadline, 1ms, 999us, 1h, 3601s",
        "stop-grace, 0s, -1s, 1h, 3601s"
    })
    void bounds_are_inclusive(String key, String least, String tooSmall, String most, String tooLarge) {
        Loading.settings(Loading.flag(key, least));
        Loading.settings(Loading.flag(key, most));
        assertThat(Loading.problem(Loading.flag(key, tooSmall)))
                .startsWith(key + " (")
                .contains("'" + tooSmall + "'");
        assertThat(Loading.problem(Loading.flag(key, tooLarge)))
                .startsWith(key + " (")
                .contains("'" + tooLarge + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "http.max-buffered, 512KiB",
        "tracing.otlp-endpoint, collector:4318",
        "tracing.otlp-endpoint, grpc://collector:4317",
        "tracing.otlp-endpoint, http://user:pass@collector",
        "tracing.otlp-endpoint, http://collector:4318/?a=b",
        "tracing.sample, 1.1",
        "tracing.sample, -0.1",
        "tracing.sample, 50%",
        "tracing.service-name, two words",
        "log.format, xml",
        "log.level, loud",
        "log.level, =debug",
        "log.level, a b=debug",
        "http.max-buffered, 1025GiB",
        "http.max-body, 999999999999999GiB",
        "http.max-body, 1.5MiB",
        "http.max-body, 16 MiB",
        "http.max-body, 16Mib",
        "http.idle-timeout, 60",
        "broker.keep-alive, 1.5s",
        "slots, 99999999999",
        "slots, 0x10",
        "no-queue, yes",
        "id, edge 1",
        "http.address, 18080",
        "http.address, :18080",
        "http.address, ::1:18080",
        "http.address, [127.0.0.1]:18080",
        "http.address, 127.0.0.1:65536",
        "http.address, 127.0.0.1:",
        "http.address, a b:1",
        "broker.url, 127.0.0.1:1883",
        "broker.url, http://127.0.0.1",
        "broker.url, ssl://127.0.0.1",
        "broker.url, mqtts://127.0.0.1/path",
        "broker.url, ws://127.0.0.1/a b",
        "broker.url, wss://127.0.0.1/a?b=c",
        "broker.url, ws:///mqtt",
        "broker.tls.verify-host, perhaps",
        "broker.url, mqtt://127.0.0.1:0",
        "broker.url, mqtt://127.0.0.1/path",
        "broker.url, mqtt://",
        "broker.root, /p2pfaas",
        "broker.root, p2pfaas/",
        "broker.root, a//b",
        "broker.root, a/+",
        "broker.root, $share/a",
        "broker.reply-topics, a/#/b",
        "broker.reply-topics, a/b+",
        "broker.reply-topics, $SYS/a",
        "scheduler, NoSuchScheduler",
        "scheduler, PowerOfNScheduler(1",
        "learner.rule, right",
        "learner.parameters, alpha",
        "learner.parameters, alpha=2",
        "learner.parameters, gamma=0.5",
        "functions, echo",
        "functions, e cho=builtin:echo",
        "functions, _echo=builtin:echo",
        "functions, echo=echo",
        "functions, echo=builtin:",
        "functions, echo=builtin:e cho",
        "functions, echo=http://",
        "functions, echo=http://host:99999",
        "functions, echo=http://host/path?query",
        "functions, echo=https://host",
        "functions, echo=exec:cat",
        "functions, echo=docker:-x",
        "docker.host, /var/run/docker.sock",
        "docker.host, tcp://user@host:1",
        "docker.images, a b",
        "docker.cpus, 0",
        "docker.cpus, half",
        "async.callbacks, ftp://host/",
        "async.callbacks, http://user@host/",
        "async.callbacks, http://host/?a",
        "idempotent, a/b",
        "data, ' '"
    })
    void other_forms_are_refused_with_what_is_allowed(String key, String value) {
        assertThat(Loading.problem(Loading.flag(key, value)))
                .startsWith(key + " (")
                .contains("found '" + value.replaceAll("//.*@", "//***@") + "': ", "; allowed is ", "; for example ");
    }

    @Test
    void the_longest_path_of_a_broker_is_read_without_a_deep_stack() {
        String url = "ws://b" + "/".repeat(20_000);

        assertThat(Loading.settings(Loading.flag("broker.url", url)).broker().urls())
                .map(URI::toString)
                .containsExactly("ws://b:80" + "/".repeat(20_000));
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt://b, mqtt://b:1883, b",
        "mqtt://[::1], mqtt://[::1]:1883, ::1",
        "mqtt://my_b:1/, mqtt://my_b:1, my_b",
        "mqtts://b, mqtts://b:8883, b",
        "mqtts://[::1]:1, mqtts://[::1]:1, ::1",
        "ws://b, ws://b:80/mqtt, b",
        "wss://b/, wss://b:443/, b",
        "wss://b:1/a/b.c, wss://b:1/a/b.c, b"
    })
    void a_broker_always_has_host_and_port(String text, String url, String host) {
        BrokerSettings broker =
                Loading.settings(Loading.flag("broker.url", text)).broker();

        assertThat(broker.urls()).map(URI::toString).containsExactly(url);
        assertThat(BrokerSettings.host(broker.urls().get(0))).isEqualTo(host);
        assertThat(BrokerSettings.port(broker.urls().get(0))).isPositive();
    }
}

package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.TestCa;
import io.p2pfaas.node.tls.TlsFileException;
import io.p2pfaas.node.tls.TlsFiles;
import io.p2pfaas.node.tls.TlsMaterial;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md lists what a scrape has, all of it and nothing else. */
final class MetricsListIT {
    private static final Path PAGE = Path.of("../../docs/metrics.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern FAMILY = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);
    /** They need containers, which the container tests have. */
    private static final Set<String> WITH_CONTAINERS =
            Set.of("faas_init_duration_seconds", "p2pfaas_function_replicas");

    @TempDir
    private Path folder = Path.of(".");

    private static Set<String> listed() throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            assertThat(names.add(row.group(1)))
                    .as(row.group(1) + " is there once")
                    .isTrue();
        }
        return names;
    }

    /** The longest of a histogram is told as a metric of its own; the page says so once for all. */
    private static Set<String> scraped(String text) {
        Set<String> names = new TreeSet<>();
        Set<String> longest = new TreeSet<>();
        Matcher family = FAMILY.matcher(text);
        while (family.find()) {
            names.add(family.group(1));
            if (!family.group(2).equals("gauge") && !family.group(2).equals("counter")) {
                longest.add(family.group(1) + "_max");
            }
        }
        assertThat(names).containsAll(longest);
        names.removeAll(longest);
        return names;
    }

    private static SSLContext trusting(TestCa ca) throws TlsFileException, GeneralSecurityException {
        TlsMaterial material =
                TlsMaterial.read(new TlsFiles(Optional.of(ca.file("ca.crt")), Optional.empty(), Optional.empty()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, material.trust().orElseThrow().getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> get(HttpClient client, String url, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Await.PATIENCE);
        if (fields.length > 0) {
            request.headers(fields);
        }
        return Await.of(client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void the_page_and_a_scrape_name_the_same_metrics() throws Exception {
        TestCa ca = TestCa.createOrSkip(folder, "ca");
        ca.issueServer();
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Cluster cluster = Cluster.startOnly(
                        1,
                        Flags.forBroker(broker.port())
                                .with(
                                        "http.tls.cert-file",
                                        ca.file("server.crt").toString())
                                .with("http.tls.key-file", ca.file("server.key").toString())
                                .with("functions", "echo=builtin:echo")
                                // Nobody is there, and nothing is sent.
                                .with("tracing.otlp-endpoint", "http://127.0.0.1:9")
                                .with("tracing.sample", "0"))) {
            cluster.add(Flags.forBroker(broker.port()).with("id", "n2").with("functions", "echo=builtin:echo"));
            cluster.awaitComplete();
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(trusting(ca))
                    .build();
            String url = cluster.node(1).url();
            Await.until("there are metrics", () -> get(client, url + "/metrics").statusCode() == 200);
            assertThat(get(client, url + "/function/echo", "X-P2pfaas-Scheduler-Forward", "1")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(client, url + "/function/echo").statusCode()).isEqualTo(200);
            Await.until("garbage was collected", () -> {
                System.gc();
                return get(client, url + "/metrics").body().contains("jvm_gc_pause_seconds");
            });

            Set<String> listed = listed();
            assertThat(listed).containsAll(WITH_CONTAINERS);
            listed.removeAll(WITH_CONTAINERS);
            assertThat(scraped(get(client, url + "/metrics").body())).isEqualTo(listed);
            assertThat(get(client, url + "/metrics").body())
                    .containsPattern("p2pfaas_certificate_expiry_timestamp_seconds\\{use=\"http\"} 1\\.\\d+E9");
        }
    }
}

package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code doctor} makes of what nodes say; DoctorIT plants the mistakes themselves. */
final class ChecksTest {
    private static final String SOUND = """
            {"node":"n1","root":"p2pfaas","clientId":"p2pfaas/n1","scheduler":"A","schedulerWanted":"A","heartbeatMillis":1000,
             "maxBodyBytes":1000,"policyFaults":0,
             "link":{"up":true,"broker":"mqtt://b:1883","tcpConnectMillis":0.2,"echoMillis":1.0,"maxPacketBytes":2000,
              "missing":[],"refusedSubscriptions":[],"refusedPublishes":[],"twins":{"takeovers":0},"upMillis":60000,
              "ownSampleAgeMillis":500},
             "limits":{"openFiles":50,"maxFiles":65536,"heapUsedBytes":1,"heapMaxBytes":268435456},
             "data":{"folder":"/d","usableBytes":1000000000,"totalBytes":2000000000,"writable":true},
             "functions":[{"name":"echo","image":"builtin:echo","usable":true}]}""";

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new JsonMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(text, broken);
        }
    }

    private static List<String> ids(List<Finding> findings) {
        return findings.stream().map(Finding::id).toList();
    }

    /** The sound node with another value somewhere. */
    private static JsonNode with(String pointer, String value) {
        ObjectNode node = json(SOUND);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) node.at(pointer.substring(0, slash)))
                .set(pointer.substring(slash + 1), json("{\"v\":" + value + "}").path("v"));
        return node;
    }

    @Test
    void a_sound_node_has_no_finding() {
        assertThat(LinkChecks.of(json(SOUND))).isEmpty();
        assertThat(NodeChecks.of(json(SOUND))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "/schedulerWanted 'B' broker-no-nobody",
                "/link/echoMillis 44.0 broker-nodelay",
                "/link/maxPacketBytes 999 broker-packet",
                "/link/missing ['QoS-1'] broker-lacks",
                "/link/ownSampleAgeMillis 5001 acl-load",
                "/link/refusedSubscriptions [{'filter':'p2pfaas/v1/config/+'}] acl-subscribe",
                "/link/refusedPublishes [{'topic':'p2pfaas/v1/node/n1/state','times':1}] acl-publish",
                "/link/lossesLastMinute 3 link-flaps",
                "/link/twins {'takeovers':3,'takeoverAgoMillis':100} same-id",
                "/link/twins {'takeovers':0,'heardAgoMillis':100} same-id",
            })
    void a_link_that_is_up_can_lack_much(String pointer, String value, String id) {
        List<Finding> findings = LinkChecks.of(with(pointer, value.replace('\'', '"')));
        assertThat(ids(findings)).containsExactly(id);
        assertThat(findings).allSatisfy(one -> assertThat(one.fix()).isNotBlank());
    }

    @Test
    void a_slow_link_over_a_slow_network_is_no_mistake_of_the_broker() {
        ObjectNode far = json(SOUND);
        ((ObjectNode) far.path("link")).put("echoMillis", 80.0).put("tcpConnectMillis", 75.0);
        List<Finding> findings = LinkChecks.of(far);
        assertThat(ids(findings)).containsExactly("broker-far");
        assertThat(findings.get(0).isProblem()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'tcpFailure':'dns'|broker-dns",
                "'tcpFailure':'refused'|broker-refused",
                "'tcpFailure':'timeout'|broker-timeout",
                "'lastFailure':{'reason':'the broker says: wrong user or password (broker.user)'}|broker-login",
                "'lastFailure':{'reason':'the broker certificate is from an unknown CA'}|broker-tls",
                "'lastFailure':{'reason':'it does not speak TLS on this port'}|broker-tls",
                "'lastFailure':{'reason':'the broker does not speak MQTT 5'}|broker-version",
                "'lastFailure':{'reason':'Server closed connection'}|broker-down",
                "'refusedSubscriptions':[{'filter':'p2pfaas/v1/node/n1/from/+/rsp'}]|acl-subscribe",
            })
    void a_link_that_is_down_has_one_reason(String fact, String id) {
        ObjectNode down = json(SOUND);
        down.set("link", json("{\"up\":false,\"broker\":\"mqtt://b\"," + fact.replace('\'', '"') + "}"));
        assertThat(ids(LinkChecks.of(down))).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "/limits/maxFiles 1024 open-files",
                "/limits/openFiles 60000 open-files",
                "/limits/heapMaxBytes 33554432 heap",
                "/data/writable false data-folder",
                "/data/problem 'NoSuchFile' data-folder",
                "/data/usableBytes 1000 disk-full",
                "/functions [] no-function",
                "/functions [{'name':'x','image':'docker:x','usable':false}] function-unusable",
                "/policyFaults 2 policy-faults",
            })
    void a_machine_can_lack_much(String pointer, String value, String id) {
        assertThat(ids(NodeChecks.of(with(pointer, value.replace('\'', '"'))))).containsExactly(id);
    }

    @Test
    void nodes_that_differ_are_told_apart_and_sizes_of_machines_may_differ() {
        JsonNode board = json("""
                {"node":"n1","link":{"up":true},"nodes":[
                 {"id":"n1","state":"online","version":"1","report":{"config":{"call.timeout":"30 s","slots":"4"}}},
                 {"id":"n2","state":"online","version":"2","report":{"config":{"call.timeout":"5 s","slots":"8"}}}]}""");
        assertThat(ClusterChecks.of(board))
                .extracting(Finding::what)
                .containsExactly(
                        "nodes have different versions: 1 (n1), 2 (n2)",
                        "call.timeout is not the same everywhere: 30 s (n1), 5 s (n2)");
    }

    @Test
    void a_silent_node_and_one_that_does_not_report_are_named_and_a_lone_one_is_a_note() {
        JsonNode board = json("""
                {"node":"n1","link":{"up":true},"nodes":[
                 {"id":"n1","state":"online","version":"1","report":{}},
                 {"id":"n2","state":"silent","version":"1"},
                 {"id":"n3","state":"online","version":"1"}]}""");
        assertThat(ids(ClusterChecks.of(board))).containsExactly("peer-silent", "no-report");
        List<Finding> alone = ClusterChecks.of(json("""
                {"node":"n1","link":{"up":true},"nodes":[{"id":"n1","state":"online","report":{}}]}"""));
        assertThat(ids(alone)).containsExactly("alone");
        assertThat(alone.get(0).isProblem()).isFalse();
    }

    @Test
    void nodes_that_are_gone_are_compared_with_nobody() {
        JsonNode board = json("""
                {"node":"n1","link":{"up":true},"nodes":[
                 {"id":"n1","state":"online","version":"2","report":{}},
                 {"id":"n2","state":"lost","version":"1"},
                 {"id":"n3","state":"left","version":"1"}]}""");
        assertThat(ids(ClusterChecks.of(board))).containsExactly("alone");
    }

    @Test
    void without_a_link_silence_is_not_said_of_each() {
        JsonNode board = json("""
                {"node":"n1","link":{"up":false},"nodes":[{"id":"n1"},{"id":"n2","state":"silent"}]}""");
        assertThat(ClusterChecks.of(board)).isEmpty();
    }

    @Test
    void without_the_diagnosis_the_status_says_that_the_link_is_down() {
        assertThat(LinkChecks.ofStatus(json("{\"linkUp\":true}"))).isEmpty();
        assertThat(
                        ids(
                                LinkChecks.ofStatus(
                                        json(
                                                "{\"linkUp\":false,\"broker\":\"b\",\"linkFailure\":\"connection refused: nothing listens there\"}"))))
                .containsExactly("broker-down");
    }
}

package io.p2pfaas.node.faults;

import io.p2pfaas.node.testing.Fault.Area;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Rows whose tests are in modules that this one cannot see, and faults that no test on one machine can make. */
final class TestsElsewhere {
    private static final Path TOP = Path.of("../..");
    private static final String EMBEDDED = "broker-config/embedded/src/test/java/io/p2pfaas/broker";
    private static final String OUTAGE = "every call succeeds all the time; calls are shared again within 10 s";

    private TestsElsewhere() {}

    private record Test(String folder, Row row) {}

    private static final List<Test> TESTS = List.of(
            test(
                    "scheduler-node/core/src/test/java/io/p2pfaas/core",
                    Area.MACHINE,
                    "wall clock jumps: what decides",
                    "no class that decides reads a clock at all; it is told a time that only goes forward",
                    "ArchitectureTest#no_clock"),
            test(
                    "scheduler-node/core/src/test/java/io/p2pfaas/core/peers",
                    Area.NODE,
                    "a peer falls silent",
                    "its load counts for three heartbeats and no longer, by the own clock",
                    "PeersTest#a_sample_is_fresh_for_three_heartbeats_by_the_own_clock"),
            test(
                    "scheduler-node/core/src/test/java/io/p2pfaas/core/peers",
                    Area.MESSAGE,
                    "samples arrive in another order than they were sent",
                    "the overtaken ones are dropped",
                    "PeersTest#samples_that_were_overtaken_are_dropped"),
            test(
                    "scheduler-node/core/src/test/java/io/p2pfaas/core/peers",
                    Area.MESSAGE,
                    "forged presence of ever new nodes",
                    "a bounded number of peers is kept",
                    "PeersTest#ids_from_the_network_are_bounded"),
            test(
                    EMBEDDED,
                    Area.BROKER,
                    "kill -9 of the embedded broker, and back after 10 s",
                    OUTAGE,
                    "EmbeddedOutageIT#ten_seconds_without_the_embedded_broker_cost_no_call"),
            longTest(
                    EMBEDDED,
                    Area.BROKER,
                    "kill -9 of the embedded broker, and back after 60 s",
                    OUTAGE,
                    "EmbeddedOutageIT#a_minute_without_the_embedded_broker_costs_no_call"));

    private static Test test(String folder, Area area, String fault, String promise, String test) {
        return new Test(folder, new Row(area, fault, promise, test, false));
    }

    private static Test longTest(String folder, Area area, String fault, String promise, String test) {
        return new Test(folder, new Row(area, fault, promise, test, true));
    }

    /** Fault, and why it has no test here. */
    static final List<Map.Entry<String, String>> UNTESTED = List.of(
            Map.entry(
                    "kill -9 of the demo",
                    "its broker and nodes are one process: nothing is left that could keep a promise. The rows of the broker"
                            + " run the embedded broker in a process of its own"),
            Map.entry(
                    "delay and jitter by the kernel (netem)",
                    "the kernel of the build machine has no netem; a TCP proxy delays each direction instead. Reordering"
                            + " below TCP cannot be seen by a node"),
            Map.entry(
                    "power cut while a file is written",
                    "a kill -9 leaves the page cache alone. Files are written anew and renamed"),
            Map.entry(
                    "a jump of the machine's clock while nodes run",
                    "a machine has one clock, and the other tests run by it. Instead, rules hold that nothing that decides"
                            + " reads it"),
            Map.entry(
                    "clocks of two machines that differ",
                    "messages carry no times of day, only budgets that are left; nothing compares clocks of two nodes"),
            Map.entry(
                    "radio links, roaming, a switch that fails",
                    "network namespaces with loss, a narrow link, and a cut are what one" + " machine has"));

    static List<Row> rows() {
        return TESTS.stream().map(TestsElsewhere::checked).toList();
    }

    /** The module is built after this one, so its source must do. */
    private static Row checked(Test test) {
        String[] name = test.row().test().split("#", 2);
        Path source = TOP.resolve(test.folder()).resolve(name[0] + ".java");
        try {
            if (Files.readString(source).matches("(?s).*[ ]" + name[1] + "( =|\\().*")) {
                return test.row();
            }
            throw new IllegalStateException(source + " has no test " + name[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

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
                    "PeersTest#ids_from_the_network_are_bounded"));

    private static Test test(String folder, Area area, String fault, String promise, String test) {
        return new Test(folder, new Row(area, fault, promise, test, false));
    }

    /** Fault, and why it has no test here. */
    static final List<Map.Entry<String, String>> UNTESTED = List.of(
            Map.entry(
                    "kill -9 of the embedded broker alone",
                    "it lives in the process of the demo and its nodes: to kill it is to kill them. Nodes do not know whose"
                            + " broker they use; see the rows of Mosquitto"),
            Map.entry(
                    "delay and jitter by the kernel (netem)",
                    "the kernel of the build machine has no netem; a TCP proxy delays each direction instead. Reordering"
                            + " below TCP cannot be seen by a node"),
            Map.entry(
                    "chunk sizes that are written oddly (`0;` and a bare line feed, `0_0`)",
                    "not kept: the HTTP library reads them as 0, so a proxy that reads them otherwise could be made to"
                            + " hide a request. Let a proxy in front of a node write chunked bodies anew, as nginx does"),
            Map.entry(
                    "memory pressure (a small heap)",
                    "no test yet. Tried by hand with curl: a heap of 48 MiB and 60 bodies of 1 MiB at once, all answered with"
                            + " 200 within 2 s"),
            Map.entry(
                    "kill -9 of Mosquitto for 10 s and 60 s",
                    "no test yet; the rows of the broker have outages of a second or so, and 3 s with 500 devices"),
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

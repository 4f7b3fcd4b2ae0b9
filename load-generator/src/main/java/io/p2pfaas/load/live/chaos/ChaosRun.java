package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.arrivals.Poisson;
import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.live.Agenda;
import io.p2pfaas.load.live.Pace;
import io.p2pfaas.load.live.Runner;
import io.p2pfaas.load.live.SystemClock;
import io.p2pfaas.load.live.cluster.Cluster;
import io.p2pfaas.load.live.cluster.Clusters;
import io.p2pfaas.load.live.cluster.LaunchFailed;
import io.p2pfaas.load.live.cluster.NodeLaunch;
import io.p2pfaas.load.live.ledger.Account;
import io.p2pfaas.load.live.ledger.Fault;
import io.p2pfaas.load.live.ledger.Journal;
import io.p2pfaas.load.live.ledger.Ledger;
import io.p2pfaas.load.live.ledger.Rules;
import io.p2pfaas.load.record.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** One chaos run: a cluster, callers, faults, and the books. Used once, by one thread. */
public final class ChaosRun {
    private static final int MAX_IN_FLIGHT = 20_000;
    private static final double NANOS_PER_SECOND = 1e9;

    /** What callers wait longer than the budget: an answer that says that time is up is on its way then. */
    private static final Duration ANSWER_SLACK = Duration.ofSeconds(3);

    /** After the last call, until connections that are in use no more count as closed. */
    private static final long SETTLE_MILLIS = 3_000;

    private final ChaosPlan plan;
    private final Supplier<NodeLaunch> launch;
    private final Path folder;
    private final PrintWriter log;
    private final CallMix mix;
    private final Duration timeout;
    private final List<String> problems = new ArrayList<>();

    /**
     * Starts nothing yet.
     *
     * @param launch asked when nodes are launched; may throw IllegalStateException with a message for people
     * @param folder for the journal and logs; made if it is not there
     * @param log for people: progress
     */
    public ChaosRun(ChaosPlan plan, Supplier<NodeLaunch> launch, Path folder, PrintWriter log) {
        this.plan = plan;
        this.launch = launch;
        this.folder = folder;
        this.log = log;
        mix = new CallMix(plan.service(), plan.budget(), plan.faults().contains(Fault.FUNCTION));
        timeout = plan.budget().plus(ANSWER_SLACK);
    }

    /** Calls per second, over all nodes and protocols. */
    public double rate() {
        return plan.share() * plan.nodes() * plan.slots() / mix.meanSeconds();
    }

    /** Where the journal is, or will be. */
    public static Path journal(Path folder) {
        return folder.resolve("journal.csv");
    }

    /** Runs, ends everything that it started, and closes the books. */
    public ChaosResult run() throws IOException, LaunchFailed, InterruptedException {
        Files.createDirectories(folder);
        List<Recovery> recoveries;
        Map<String, ChaosResult.Trend> vitals;
        try (Journal journal = new Journal(journal(folder));
                FunctionServer functions = new FunctionServer(journal);
                Clusters clusters = new Clusters(launch, folder)) {
            Cluster cluster = clusters.of(ChaosShape.of(plan, functions, folder));
            say("%d nodes and their broker are up; %.0f calls per second", plan.nodes(), rate());
            Looker looker = new Looker(cluster, journal);
            try {
                load(cluster, journal, "w", plan.warmup(), List.of());
                Map<String, Born> before = lookAt(cluster);
                recoveries = load(cluster, journal, "c", plan.duration(), FaultDraw.draw(plan));
                vitals = compare(before, lookAt(cluster));
            } finally {
                looker.end();
            }
        }
        Ledger ledger = new Ledger(Rules.USUAL);
        Journal.read(journal(folder), ledger);
        Account account = ledger.close();
        return new ChaosResult(account, recoveries, vitals, problems);
    }

    /** Load with faults; returns when all calls have ended and everything was mended. */
    private List<Recovery> load(
            Cluster cluster, Journal journal, String prefix, Duration length, List<FaultDraw.Blow> blows)
            throws InterruptedException {
        if (length.isZero()) {
            return List.of();
        }
        Agenda agenda = agenda(length, prefix);
        Pace pace = new Pace(Duration.ZERO, length, timeout.multipliedBy(2), timeout, MAX_IN_FLIGHT);
        String fleet = "lab-" + prefix + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX) + "-";
        List<Recovery> recoveries;
        try (ChaosClients clients = new ChaosClients(cluster, mix, pace, plan.budget(), prefix, fleet, journal)) {
            long startNanos = System.nanoTime();
            Runner runner =
                    new Runner(pace, agenda, clients, new SystemClock(), outcome -> clients.ended(outcome, startNanos));
            Thread pacer = new Thread(() -> runner.run(startNanos), "lab-pacer");
            pacer.setDaemon(true);
            pacer.start();
            long endNanos = startNanos + length.toNanos();
            recoveries = breakThings(
                    cluster, journal, blows, endNanos - FaultDraw.lastQuiet().toNanos(), runner);
            pacer.join();
            say("%s", progress(runner.progress()));
        }
        Thread.sleep(SETTLE_MILLIS);
        return recoveries;
    }

    private List<Recovery> breakThings(
            Cluster cluster, Journal journal, List<FaultDraw.Blow> blows, long untilNanos, Runner runner)
            throws InterruptedException {
        FaultHand hand = new FaultHand(cluster, plan.seed(), journal);
        List<Recovery> recoveries = new ArrayList<>();
        for (FaultDraw.Blow blow : blows) {
            Thread.sleep(blow.pause().toMillis());
            if (System.nanoTime() + blow.hold().toNanos() - untilNanos > 0) {
                break;
            }
            try {
                Recovery recovery = hand.carryOut(blow);
                recoveries.add(recovery);
                say(
                        "%s; %s %s for %.1f s, ready after %.2f s, all well after %.2f s",
                        progress(runner.progress()),
                        blow.fault().word(),
                        blow.target(),
                        recovery.brokenNanos() / NANOS_PER_SECOND,
                        recovery.readyNanos() / NANOS_PER_SECOND,
                        recovery.wholeNanos() / NANOS_PER_SECOND);
            } catch (IOException failed) {
                problems.add(String.valueOf(failed.getMessage()));
                say("%s", String.valueOf(failed.getMessage()));
                break;
            }
        }
        return recoveries;
    }

    private Agenda agenda(Duration length, String prefix) {
        long seed = Seeds.repetition(plan.seed(), prefix.charAt(0));
        List<Schedule> schedules = new ArrayList<>();
        List<Agenda.Dealer> dealers = new ArrayList<>();
        for (int node = 0; node < plan.nodes(); node++) {
            schedules.add(Schedule.draw(
                    new Poisson(rate() / plan.nodes()), length, Seeds.stream(seed, Seeds.Use.ARRIVALS, node)));
            dealers.add(mix.dealer(Seeds.stream(seed, Seeds.Use.PAYLOADS, node)));
        }
        return Agenda.merge(schedules, dealers);
    }

    private record Born(long process, Vitals vitals) {}

    private Map<String, Born> lookAt(Cluster cluster) throws IOException, InterruptedException {
        Map<String, Born> vitals = new LinkedHashMap<>();
        for (String node : cluster.ids()) {
            long process = cluster.pid(node);
            vitals.put(node, new Born(process, Vitals.of(process)));
        }
        return vitals;
    }

    private static Map<String, ChaosResult.Trend> compare(Map<String, Born> before, Map<String, Born> after) {
        Map<String, ChaosResult.Trend> trends = new LinkedHashMap<>();
        after.forEach((node, now) -> {
            Born then = before.get(node);
            if (then != null && then.process() == now.process()) {
                trends.put(node, new ChaosResult.Trend(then.vitals(), now.vitals()));
            }
        });
        return trends;
    }

    private static String progress(Progress progress) {
        return String.format(
                Locale.ROOT,
                "%.0f s: %d calls, %d done, %d rejected, %d other, %d in flight",
                progress.elapsedNanos() / NANOS_PER_SECOND,
                progress.due(),
                progress.ok(),
                progress.rejected(),
                progress.failed(),
                progress.inFlight());
    }

    private void say(String format, Object... values) {
        log.println(String.format(Locale.ROOT, format, values));
        log.flush();
    }
}

package io.p2pfaas.node.app.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code doctor}: finds what is wrong with a node, its broker and its peers, and says how to put it right. */
final class DoctorCommand {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private DoctorCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                DoctorCommand::run,
                "Looks for mistakes: can the node be reached and managed, its broker (name, port, TLS, login, rights,"
                        + " TCP_NODELAY, packet size, what it says of nobody), two nodes of one id, clocks, versions and"
                        + " configuration that differ, limits of files, heap and disk, functions that cannot be called,"
                        + " nodes that are silent. Says for each what it is, why it matters, and the fix. Takes some seconds.",
                "Ends with 1 if there is a problem, and with 0 if there are at most notes.");
        Target.addTo(spec);
        Form.addTo(spec);
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.run(parsed, () -> {
            Form form = Form.of(parsed);
            Doctor doctor = new Doctor(
                    Target.client(parsed, TIMEOUT),
                    Target.url(parsed),
                    !Shown.of(parsed).isNothing(),
                    InstantSource.system(),
                    other -> Target.stranger(parsed, other, TIMEOUT));
            List<Finding> findings = doctor.examine();
            print(findings, Target.url(parsed), form, System.out);
            return findings.stream().anyMatch(Finding::isProblem) ? Asking.REFUSED : Asking.OK;
        });
    }

    static void print(List<Finding> findings, String url, Form form, PrintStream out) {
        if (form != Form.TABLE) {
            Table table = new Table("id", "severity", "what", "why", "fix");
            findings.forEach(one -> table.row(one.id(), one.severity(), one.what(), one.why(), one.fix()));
            table.print(form, out);
            return;
        }
        long problems = findings.stream().filter(Finding::isProblem).count();
        out.println(url + ": " + (problems == 0 ? "no problem" : problems + (problems == 1 ? " problem" : " problems"))
                + (problems == findings.size() ? "" : ", notes: " + (findings.size() - problems)));
        for (Finding one : findings) {
            out.println();
            out.println(Table.harmless(one.severity() + " " + one.id() + ": " + one.what()));
            out.println(Table.harmless("  why: " + one.why()));
            out.println(Table.harmless("  fix: " + one.fix()));
        }
    }
}

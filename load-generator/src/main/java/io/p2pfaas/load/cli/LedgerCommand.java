package io.p2pfaas.load.cli;

import io.p2pfaas.load.live.ledger.Account;
import io.p2pfaas.load.live.ledger.Journal;
import io.p2pfaas.load.live.ledger.Ledger;
import io.p2pfaas.load.live.ledger.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab ledger}: closes the books of a journal once more. */
@Command(
        name = "ledger",
        description =
                "Joins what callers saw, functions did and nodes counted, from the journal of a chaos run, and names"
                        + " what does not fit. See docs/lab/chaos.md.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the books are clean", "1:they are not", "2:bad usage"})
final class LedgerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "journal.csv of a chaos run.")
    private Path file = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "Write the account there, too.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        Ledger ledger = new Ledger(Rules.USUAL);
        Journal.read(file, ledger);
        Account account = ledger.close();
        if (json != null) {
            ChaosText.writeJson(account, json);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(ChaosText.table(account));
        out.flush();
        return account.isClean() ? 0 : 1;
    }
}

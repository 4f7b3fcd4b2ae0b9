package io.p2pfaas.node.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code invoke NAME}: calls a function through a running node and prints its answer. */
final class InvokeCommand {
    private static final String DEFAULT_CONTENT_TYPE = "text/plain";
    private static final int FIRST_FAILURE = 400;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private InvokeCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Main.Command) InvokeCommand::run);
        spec.usageMessage()
                .description(
                        "Calls a function through a running node; the answer's body goes to standard output.",
                        "Exit code 1 if the answer's status is 400 or more.");
        spec.mixinStandardHelpOptions(true);
        Target.addTo(spec);
        spec.addOption(OptionSpec.builder("-d", "--data")
                .paramLabel("TEXT|@FILE|-")
                .type(String.class)
                .description("Request body: a text, a file, or standard input. Default: none.")
                .build());
        spec.addOption(OptionSpec.builder("-H", "--header")
                .paramLabel("'Name: value'")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Request header; may be repeated.")
                .build());
        spec.addOption(OptionSpec.builder("-X", "--method")
                .paramLabel("METHOD")
                .type(String.class)
                .defaultValue("POST")
                .description("HTTP method. Default: POST")
                .build());
        spec.addOption(OptionSpec.builder("-i", "--include")
                .type(boolean.class)
                .description("Print status and headers, on standard error.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("NAME[/path][?query]")
                .type(String.class)
                .arity("1")
                .required(true)
                .description("The function.")
                .build());
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        try {
            NodeClient client = Target.client(parsed, TIMEOUT);
            String data = parsed.matchedOptionValue("--data", (String) null);
            List<String> headers = new ArrayList<>(parsed.matchedOptionValue("--header", List.<String>of()));
            boolean typed = headers.stream().anyMatch(h -> h.regionMatches(true, 0, "content-type:", 0, 13));
            if (data != null && !typed) {
                headers.add("Content-Type: " + DEFAULT_CONTENT_TYPE);
            }
            String method = parsed.matchedOptionValue("--method", "POST");
            String name = parsed.matchedPositionalValue(0, "");
            NodeClient.Answer answer = client.send(method, "/function/" + name, headers, body(data));
            if (parsed.hasMatchedOption("--include")) {
                answer.headers()
                        .forEach((header, values) -> values.forEach(
                                value -> System.err.println(header == null ? value : header + ": " + value)));
            }
            System.out.write(answer.body().array(), 0, answer.body().limit());
            System.out.flush();
            return answer.status() < FIRST_FAILURE ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (NoSuchFileException missing) {
            System.err.println("--data names a file that is not there: " + missing.getFile());
            return CommandLine.ExitCode.USAGE;
        } catch (IOException failed) {
            System.err.println(Target.url(parsed) + ": " + failed.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static byte @Nullable [] body(@Nullable String data) throws IOException {
        if (data == null) {
            return null;
        }
        if (data.equals("-")) {
            return System.in.readAllBytes();
        }
        return data.startsWith("@")
                ? Files.readAllBytes(Path.of(data.substring(1)))
                : data.getBytes(StandardCharsets.UTF_8);
    }
}

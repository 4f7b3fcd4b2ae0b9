package io.p2pfaas.node.function;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is posted to deploy functions, and amounts in it. */
public final class FunctionParsers {
    private static final int MAX_TEXT = 64 * 1024;

    private FunctionParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                Parser.of(
                        "definition",
                        FunctionJson.MAX_BYTES,
                        FunctionParsers::definition,
                        IllegalArgumentException.class),
                of("memory", text -> Quantity.memory("limits.memory", text)),
                of("cpu", text -> Quantity.cpu("limits.cpu", text)),
                of("space", text -> Quantity.space("io.p2pfaas.tmpfs", text)));
    }

    private static Parser of(String name, Parser.TextReading reading) {
        return Parser.ofText(name, MAX_TEXT, reading, IllegalArgumentException.class);
    }

    private static void definition(byte[] input) {
        FunctionDefinition definition = FunctionJson.read(ByteBuffer.wrap(input).asReadOnlyBuffer());
        require(!definition.given().contains("\"registryAuth\""), "credentials are kept");
        FunctionDefinition same =
                FunctionJson.read(ByteBuffer.wrap(definition.given().getBytes(StandardCharsets.UTF_8)));
        require(definition.equals(same), "kept and read again it is " + same + " rather than " + definition);
        FunctionJson.tree(definition);
    }
}

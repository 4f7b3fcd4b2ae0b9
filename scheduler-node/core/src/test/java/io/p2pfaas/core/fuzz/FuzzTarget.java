package io.p2pfaas.core.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parsers that are fuzzed in one process. The first byte of an input says which parser it is for.
 *
 * @param name also of the folder of its seeds
 */
public record FuzzTarget(String name, List<Parser> parsers) {
    public FuzzTarget {
        parsers = List.copyOf(parsers);
        if (parsers.isEmpty()) {
            throw new IllegalArgumentException("target " + name + " has no parsers");
        }
    }

    /** The same with more parsers. */
    public FuzzTarget with(List<Parser> more) {
        return new FuzzTarget(
                name, Stream.concat(parsers.stream(), more.stream()).toList());
    }

    /** The same with nothing but that parser, to whom all inputs go then. */
    FuzzTarget only(String parser) {
        return new FuzzTarget(name, List.of(parsers.get(indexOf(parser))));
    }

    /** For whom an input is. */
    Parser parserOf(FuzzInput input) {
        return parsers.get(input.parser() % parsers.size());
    }

    /** What that parser is given. */
    byte[] contentOf(FuzzInput input) {
        byte[] content = input.content();
        int maxBytes = parserOf(input).maxBytes();
        return content.length <= maxBytes ? content : Arrays.copyOf(content, maxBytes);
    }

    int indexOf(String parser) {
        List<String> names = new ArrayList<>();
        for (Parser one : parsers) {
            names.add(one.name());
        }
        int index = names.indexOf(parser);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "target " + name + " has no parser " + parser + "; there are " + String.join(", ", names));
        }
        return index;
    }
}

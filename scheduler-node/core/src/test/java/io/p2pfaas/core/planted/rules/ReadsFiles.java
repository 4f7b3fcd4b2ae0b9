package io.p2pfaas.core.planted.rules;

import java.nio.file.Path;

public final class ReadsFiles {
    public Path home() {
        return Path.of("home");
    }
}

package io.p2pfaas.node.app;

import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.config.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps documents for the next life of the node, if it has a data folder. */
record Keeper(Optional<DataFolder> folder) {
    private static final int SERVER_ERROR = 500;
    private static final int DB_ERROR = 2;

    static Keeper in(Optional<Path> data) {
        return new Keeper(data.map(DataFolder::new));
    }

    /** Keeps the document; answers why it cannot be kept, or empty. One call per document at a time. */
    Optional<Document.Refusal> keep(String name, String json) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            folder.get().write(name, json + "\n");
            return Optional.empty();
        } catch (IOException failed) {
            String why = "DB Error: nothing was changed, since " + name + " cannot be written: "
                    + failed.getClass().getSimpleName();
            return Optional.of(new Document.Refusal(SERVER_ERROR, DB_ERROR, why));
        }
    }
}

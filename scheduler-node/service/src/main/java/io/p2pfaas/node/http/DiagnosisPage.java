package io.p2pfaas.node.http;

import io.undertow.util.StatusCodes;
import java.util.function.Supplier;

/** {@code GET /system/diagnosis}: what a node knows that explains why it does not work as expected. */
public final class DiagnosisPage {
    private static final String PATH = "/system/diagnosis";

    private DiagnosisPage() {}

    /**
     * Adds the page.
     *
     * @param diagnosis JSON; may take seconds
     */
    public static Site addTo(Site site, Management management, Supplier<String> diagnosis) {
        Waiting waiting = new Waiting(management.executor());
        return site.get(
                PATH, exchange -> waiting.answer(exchange, () -> Waiting.Answer.json(StatusCodes.OK, diagnosis.get())));
    }
}

package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.call.Document;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes every text but those with the word "bad" in them, and remembers what it took. */
final class FakeDocument implements Document {
    final List<String> taken = new ArrayList<>();
    int refused;

    @Override
    public String text() {
        return taken.isEmpty() ? "" : taken.get(taken.size() - 1);
    }

    @Override
    public Optional<Refusal> change(ByteBuffer json, String by) {
        String text = TestCluster.text(json);
        if (text.contains("bad")) {
            refused++;
            return Optional.of(Refusal.wrongInput("it is \"" + text + "\""));
        }
        taken.add(text);
        return Optional.empty();
    }
}

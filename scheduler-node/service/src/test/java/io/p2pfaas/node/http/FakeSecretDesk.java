package io.p2pfaas.node.http;

import io.p2pfaas.node.call.Document.Refusal;
import io.p2pfaas.node.function.SecretDesk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Secrets in memory. */
final class FakeSecretDesk implements SecretDesk {
    final Map<String, ByteBuffer> secrets = new ConcurrentSkipListMap<>();

    @Override
    public List<String> names() {
        return List.copyOf(secrets.keySet());
    }

    @Override
    public Optional<Refusal> create(String name, ByteBuffer value) {
        return secrets.putIfAbsent(name, value) == null
                ? Optional.empty()
                : Optional.of(new Refusal(409, 11000, "there is a secret " + name));
    }

    @Override
    public Optional<Refusal> replace(String name, ByteBuffer value) {
        return answer(secrets.replace(name, value));
    }

    @Override
    public Optional<Refusal> remove(String name) {
        return answer(secrets.remove(name));
    }

    private static Optional<Refusal> answer(@Nullable Object before) {
        return before == null ? Optional.of(new Refusal(404, 3, "Not Found")) : Optional.empty();
    }
}

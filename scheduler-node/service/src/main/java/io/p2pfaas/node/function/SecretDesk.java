package io.p2pfaas.node.function;

import io.p2pfaas.node.call.Document.Refusal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Secrets of functions: what is written can be replaced and removed, never read back. Calls wait for the disk. */
public interface SecretDesk {
    /** The longest value. */
    int MAX_VALUE_BYTES = 64 * 1024;

    /** All names, in order. */
    List<String> names();

    /** Keeps a new secret; 409 if there is one of the name, 400 for a name or value that cannot be. */
    Optional<Refusal> create(String name, ByteBuffer value);

    /** Replaces a secret, for running functions too; 404 if there is none of the name. */
    Optional<Refusal> replace(String name, ByteBuffer value);

    /** Removes a secret; 404 if there is none of the name. */
    Optional<Refusal> remove(String name);
}

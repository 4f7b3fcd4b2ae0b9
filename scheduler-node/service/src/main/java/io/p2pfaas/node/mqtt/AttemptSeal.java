package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes a forward's number one that only those can know who were given the call: a number that cannot be guessed takes the
 * place of the session. Who answers is in the topic, but not whether it was asked: the node that a call was sent to may
 * have handed it on, and whom the broker dealt an offer to, its origin never knew. Other nodes send the number back as it is.
 */
final class AttemptSeal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    /** Sets the number of a call apart from that of an attempt, which is what an answer has to name. */
    private static final byte OF_CALL = 1;

    private final NodeId self;
    private final Mac mac;

    /** With a key of its own, so that an answer to a former life of the node does not fit. */
    AttemptSeal(NodeId self) {
        this.self = self;
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** How this node's own attempt leaves it; a peer's origin stays as it came. */
    Origin seal(Origin origin) {
        return origin.node().equals(self)
                ? new Origin(self, number(origin.attempt()), origin.attempt(), callNumber(origin.call()))
                : origin;
    }

    /** Whether it was sealed here. */
    boolean isMine(Origin origin) {
        return origin.node().equals(self) && origin.session() == number(origin.attempt());
    }

    private long number(long attempt) {
        return digest(ByteBuffer.allocate(Long.BYTES).putLong(attempt).array());
    }

    /** Not to be guessed either: who names a call before it comes could keep it from being run. */
    private long callNumber(long call) {
        return digest(
                ByteBuffer.allocate(Long.BYTES + 1).put(OF_CALL).putLong(call).array());
    }

    private synchronized long digest(byte[] text) {
        byte[] digest = mac.doFinal(text);
        return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
    }
}

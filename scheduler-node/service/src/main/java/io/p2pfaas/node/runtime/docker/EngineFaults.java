package io.p2pfaas.node.runtime.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.p2pfaas.node.runtime.docker.EngineException.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What docker-java throws, in plain words. */
final class EngineFaults {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REASON = 500;
    private static final int HTTP_SERVER_ERROR = 500;

    private EngineFaults() {}

    /**
     * Names what went wrong.
     *
     * @param doing as in "cannot create container c1"
     */
    static EngineException named(String doing, @Nullable Throwable fault) {
        if (fault instanceof EngineException known) {
            return known;
        }
        String cannot = "cannot " + doing + ": ";
        if (fault instanceof DockerException answered) {
            return new EngineException(kind(answered), cannot + reason(answered), fault);
        }
        IOException broken = broken(fault);
        if (broken != null) {
            return new EngineException(
                    Kind.UNREACHABLE, cannot + "the container engine cannot be reached (" + text(broken) + ")", fault);
        }
        return new EngineException(Kind.FAILED, cannot + text(fault), fault);
    }

    /** Why the engine refused or failed: the message in its answer, without the JSON around it. */
    static String reason(Throwable fault) {
        String text = text(fault);
        int start = text.indexOf('{');
        if (fault instanceof DockerException && start >= 0) {
            try {
                JsonNode message = JSON.readTree(text.substring(start)).path("message");
                text = message.isTextual() ? message.textValue() : text;
            } catch (JsonProcessingException ignored) {
                // Not every answer is JSON; then the whole of it is the reason.
            }
        }
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }

    private static Kind kind(DockerException answered) {
        if (answered instanceof NotFoundException) {
            return Kind.ABSENT;
        }
        return answered.getHttpStatus() >= HTTP_SERVER_ERROR ? Kind.FAILED : Kind.REFUSED;
    }

    /** Whether the engine said that what was asked for contradicts how things are: a name is taken, a state is another. */
    static boolean isConflict(EngineException fault) {
        return fault.getCause() instanceof ConflictException;
    }

    private static @Nullable IOException broken(@Nullable Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException broken && !(cause instanceof JsonProcessingException)) {
                return broken;
            }
        }
        return null;
    }

    private static String text(@Nullable Throwable fault) {
        if (fault == null) {
            return "for an unknown reason";
        }
        String message = fault.getMessage();
        return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
    }
}

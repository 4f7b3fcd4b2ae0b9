package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import io.p2pfaas.node.runtime.docker.EngineException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Images: looked for here first, fetched only if they are not here. */
final class DockerImages {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration STALLED = Duration.ofSeconds(60);
    private static final Duration LONGEST_PULL = Duration.ofMinutes(30);

    private final EngineClients clients;
    private final EngineCalls calls;
    private final boolean mayPull;

    DockerImages(EngineClients clients, EngineCalls calls, boolean mayPull) {
        this.clients = clients;
        this.calls = calls;
        this.mayPull = mayPull;
    }

    /** See {@link Engine#requireImage}. */
    String require(String image, Consumer<String> progress) throws EngineException {
        Optional<InspectImageResponse> here = find(image);
        if (here.isPresent()) {
            return checked(image, here.get());
        }
        if (!mayPull) {
            throw new EngineException(
                    Kind.ABSENT, "image " + image + " is not here, and docker.pull=false forbids fetching it", null);
        }
        ImagePull pull = new ImagePull(image, progress);
        clients.streams().pullImageCmd(withTag(image)).exec(pull);
        try {
            pull.awaitStart("fetch image " + image, STALLED);
        } catch (EngineException failed) {
            throw unfetched(image, failed);
        }
        pull.await(STALLED, LONGEST_PULL);
        InspectImageResponse fetched = find(image)
                .orElseThrow(() ->
                        new EngineException(Kind.ABSENT, "image " + image + " was fetched but is not here", null));
        return checked(image, fetched);
    }

    /** An engine says nothing at all while a registry says nothing to it. */
    private static EngineException unfetched(String image, EngineException failed) {
        Throwable cause = failed.getCause();
        boolean silent = cause instanceof TimeoutException;
        if (failed.kind() == Kind.UNREACHABLE && !silent) {
            return failed;
        }
        String reason = silent
                ? "nothing came for " + STALLED.toSeconds() + " s"
                : EngineFaults.reason(cause == null ? failed : cause);
        return new EngineException(
                Kind.ABSENT, "image " + image + " is not here and cannot be fetched: " + reason, failed);
    }

    private Optional<InspectImageResponse> find(String image) throws EngineException {
        return calls.ask("look for image " + image, LOOK, () -> {
            try {
                return Optional.of(clients.commands().inspectImageCmd(image).exec());
            } catch (NotFoundException ignored) {
                // That is what was asked.
                return Optional.empty();
            }
        });
    }

    /** An engine may look only at the name of {@code name:tag@digest}. */
    private static String checked(String image, InspectImageResponse found) throws EngineException {
        int at = image.indexOf('@');
        String digest = at < 0 ? "" : image.substring(at + 1);
        List<String> digests = found.getRepoDigests() == null ? List.of() : found.getRepoDigests();
        if (at >= 0
                && !digest.equals(found.getId())
                && digests.stream().noneMatch(known -> known.endsWith("@" + digest))) {
            throw new EngineException(
                    Kind.REFUSED, "the image that is here under the name " + image + " has another digest", null);
        }
        return found.getId();
    }

    /** Without a tag the engine would fetch all there are. */
    private static String withTag(String image) {
        boolean exact = image.indexOf('@') >= 0 || image.indexOf(':', image.lastIndexOf('/') + 1) >= 0;
        return exact ? image : image + ":latest";
    }
}

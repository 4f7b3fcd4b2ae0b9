package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ContainerNetwork;
import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.runtime.docker.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Docker engine, or one that speaks like it. Connects when it is first asked something. */
final class DockerEngine implements Engine {
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(10);
    /** Starting and ending take long on a machine that has much to do, and must not be given up halfway. */
    private static final Duration ACT = Duration.ofSeconds(60);

    private final EngineCalls calls = new EngineCalls();
    private final EngineClients clients;
    private final DockerImages images;
    private final DockerNetworks networks;
    private volatile @Nullable Boolean hasInit;

    /**
     * An engine.
     *
     * @param address {@code unix:///path/of/socket} or {@code tcp://host:port}
     * @param mayPull whether images that are not there may be fetched
     */
    DockerEngine(String address, boolean mayPull) {
        clients = new EngineClients(address, ACT);
        images = new DockerImages(clients, calls, mayPull);
        networks = new DockerNetworks(clients, calls);
    }

    @Override
    public String create(ContainerPlan plan) throws EngineException {
        boolean internal = networks.isInternal(plan.network());
        boolean init = hasInit();
        return calls.ask(
                "create container " + plan.name(),
                ACT,
                () -> ContainerRequest.of(clients.commands(), plan, internal, init)
                        .exec()
                        .getId());
    }

    /** Whether it has the program that is process 1 of a container and collects zombies; without it nothing would start. */
    private boolean hasInit() throws EngineException {
        Boolean known = hasInit;
        if (known == null) {
            Object commit = calls.ask(
                    "ask the container engine what it has",
                    LOOK,
                    () -> clients.commands().infoCmd().exec().getRawValues().get("InitCommit"));
            known = commit instanceof Map<?, ?> init && !"N/A".equals(init.get("ID"));
            hasInit = known;
        }
        return known;
    }

    @Override
    public String start(String id) throws EngineException {
        Found found = calls.ask("start container " + shortened(id), ACT, () -> {
            try {
                clients.commands().startContainerCmd(id).exec();
            } catch (NotModifiedException ignored) {
                // It runs already; that is all that was wanted.
            }
            return found(clients.commands().inspectContainerCmd(id).exec());
        });
        if (found.address().isEmpty()) {
            throw new EngineException(
                    Kind.FAILED,
                    "container " + found.name() + " ended as soon as it was started, with exit code "
                            + found.exitCode(),
                    null);
        }
        return found.address();
    }

    @Override
    public void pause(String id) throws EngineException {
        calls.ask(
                "pause container " + shortened(id),
                ACT,
                () -> clients.commands().pauseContainerCmd(id).exec());
    }

    @Override
    public void unpause(String id) throws EngineException {
        calls.ask(
                "unpause container " + shortened(id),
                ACT,
                () -> clients.commands().unpauseContainerCmd(id).exec());
    }

    @Override
    public void remove(String id) throws EngineException {
        try {
            calls.ask(
                    "remove container " + shortened(id),
                    ACT,
                    () -> clients.commands()
                            .removeContainerCmd(id)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        } catch (EngineException failed) {
            // Somebody else removes it, or has done so.
            if (failed.kind() != Kind.ABSENT && !EngineFaults.isConflict(failed)) {
                throw failed;
            }
        }
    }

    @Override
    public Optional<Found> inspect(String id) throws EngineException {
        return calls.ask("look at container " + shortened(id), LOOK, () -> look(id));
    }

    private Optional<Found> look(String id) {
        try {
            return Optional.of(found(clients.commands().inspectContainerCmd(id).exec()));
        } catch (NotFoundException ignored) {
            // That is an answer too.
            return Optional.empty();
        }
    }

    @Override
    public List<Found> list(String label, String value) throws EngineException {
        return calls.ask("list containers", ACT, () -> {
            List<Found> all = new ArrayList<>();
            for (var container : clients.commands()
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(label, value))
                    .exec()) {
                look(container.getId()).ifPresent(all::add);
            }
            return all;
        });
    }

    @Override
    public String requireImage(String image, Consumer<String> progress) throws EngineException {
        return images.require(image, progress);
    }

    @Override
    public void requireNetwork(String name, boolean internal, Map<String, String> labels) throws EngineException {
        networks.require(name, internal, labels);
    }

    @Override
    public void removeNetwork(String name) throws EngineException {
        networks.remove(name);
    }

    @Override
    public List<String> networks(String label, String value) throws EngineException {
        return networks.list(label, value);
    }

    @Override
    public LogStream watch(String label, String value, Watcher watcher) throws EngineException {
        EventStream events = new EventStream(watcher);
        Instant now = Instant.now();
        clients.streams()
                .eventsCmd()
                .withEventTypeFilter("container")
                .withEventFilter("die", "oom")
                .withLabelFilter(Map.of(label, value))
                // The engine answers a moment before it listens to itself.
                .withSince(now.getEpochSecond() + "." + "%09d".formatted(now.getNano()))
                .exec(events);
        events.awaitStart("hear of containers", LOOK);
        return events;
    }

    @Override
    public LogStream logs(String id, OptionalInt tail, @Nullable Instant since, boolean follow, Lines lines)
            throws EngineException {
        ContainerLog log = new ContainerLog(since, lines);
        var request = clients.streams()
                .logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withTimestamps(true)
                .withFollowStream(follow);
        if (tail.isPresent()) {
            request.withTail(tail.getAsInt());
        } else {
            request.withTailAll();
        }
        if (since != null) {
            request.withSince((int) Math.max(0, Math.min(Integer.MAX_VALUE, since.getEpochSecond())));
        }
        request.exec(log);
        log.awaitStart("read the log of container " + shortened(id), LOOK);
        return log;
    }

    @Override
    public boolean isThere() {
        try {
            calls.ask(
                    "ask the container engine",
                    QUICK,
                    () -> clients.commands().pingCmd().exec());
            return true;
        } catch (EngineException ignored) {
            // Whatever it is, the engine is of no use now.
            return false;
        }
    }

    @Override
    public void close() {
        calls.close();
        clients.close();
    }

    private static Found found(InspectContainerResponse container) {
        ContainerState state = container.getState();
        Map<String, String> labels = container.getConfig().getLabels();
        return new Found(
                container.getId(),
                container.getName().startsWith("/") ? container.getName().substring(1) : container.getName(),
                state(state),
                labels == null ? Map.of() : labels,
                container.getImageId(),
                address(container),
                state.getExitCodeLong() == null ? 0 : state.getExitCodeLong().intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()));
    }

    private static State state(ContainerState state) {
        if (Boolean.TRUE.equals(state.getPaused())) {
            return State.PAUSED;
        }
        if (Boolean.TRUE.equals(state.getRunning())) {
            return State.RUNNING;
        }
        return "created".equals(state.getStatus()) ? State.CREATED : State.GONE;
    }

    private static String address(InspectContainerResponse container) {
        return container.getNetworkSettings().getNetworks().values().stream()
                .map(ContainerNetwork::getIpAddress)
                .filter(address -> address != null && !address.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** As {@code docker ps} shows it. */
    private static String shortened(String id) {
        return id.length() == 64 ? id.substring(0, 12) : id;
    }
}

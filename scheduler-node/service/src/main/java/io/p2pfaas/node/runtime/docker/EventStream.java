package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.model.Event;
import io.p2pfaas.node.runtime.docker.Engine.Watcher;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a watcher of containers that ended or ran out of memory. */
final class EventStream extends EngineStream<Event> {
    private static final Logger LOG = System.getLogger(EventStream.class.getName());
    /** What a shell says of a program that a signal killed; engines do not say more. */
    private static final int UNKNOWN_EXIT = 137;

    private final Watcher watcher;

    EventStream(Watcher watcher) {
        this.watcher = watcher;
    }

    @Override
    void take(Event event) {
        String id = event.getId();
        String action = event.getAction();
        if (id == null || action == null) {
            return;
        }
        switch (action) {
            case "die" -> watcher.died(id, exitCode(event));
            case "oom" -> watcher.outOfMemory(id);
            default -> LOG.log(Level.DEBUG, "nobody asked for event {0}", action);
        }
    }

    private static int exitCode(Event event) {
        var actor = event.getActor();
        Map<String, String> attributes = actor == null ? null : actor.getAttributes();
        String code = attributes == null ? null : attributes.get("exitCode");
        return code != null && code.matches("\\d{1,9}") ? Integer.parseInt(code) : UNKNOWN_EXIT;
    }

    @Override
    void ended(@Nullable Throwable fault) {
        LOG.log(Level.DEBUG, "the container engine tells no events any more", fault);
        watcher.lost();
    }
}

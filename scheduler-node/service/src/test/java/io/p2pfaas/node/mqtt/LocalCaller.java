package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.node.call.CallerCall;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A caller at a node's door, who notes every answer that it gets; it should be one. */
final class LocalCaller implements CallerCall {
    private record Told(End end, Placement placement) {}

    private final Request request;
    private final long arrivedNanos;
    private final List<Told> told = new ArrayList<>();

    LocalCaller(Request request, long arrivedNanos) {
        this.request = request;
        this.arrivedNanos = arrivedNanos;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
    }

    @Override
    public void reply(Call call, End end, Placement placement) {
        told.add(new Told(end, placement));
    }

    int answers() {
        return told.size();
    }

    private Told only() {
        if (told.size() != 1) {
            throw new AssertionError("the caller was told " + told.size() + " times: " + told);
        }
        return told.get(0);
    }

    End end() {
        return only().end();
    }

    /** The ids of all nodes that had the call. */
    List<String> path() {
        return only().placement().path().stream().map(Object::toString).toList();
    }

    /** What the function answered, wherever it ran. */
    Response response() {
        Object outcome = end().payload() instanceof Outcome.Remote remote ? remote.outcome() : end().payload();
        if (outcome instanceof Outcome.Answered answered) {
            return answered.response();
        }
        throw new AssertionError("no answer of the function: " + end());
    }

    String body() {
        return StandardCharsets.UTF_8.decode(response().body().duplicate()).toString();
    }
}

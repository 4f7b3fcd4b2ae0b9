package io.p2pfaas.node.cluster;

import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A caller that knows several nodes, as a load balancer does: it goes to the next one if a node cannot be reached or says
 * that it is leaving. It never sends again what may have arrived.
 */
final class FailoverCaller {
    private static final int TRIES_EACH = 3;

    private final Caller caller = new Caller();
    private final List<String> urls;

    FailoverCaller(List<String> urls) {
        this.urls = List.copyOf(urls);
    }

    /** Posts to the node of this number, or to those behind it. */
    CompletableFuture<Reply> post(int first) {
        CompletableFuture<Reply> told = new CompletableFuture<>();
        tryFrom(first, TRIES_EACH * urls.size(), told);
        return told;
    }

    private void tryFrom(int index, int left, CompletableFuture<Reply> told) {
        Future<?> ignored = caller.post(urls.get(index % urls.size())).whenComplete((reply, failure) -> {
            boolean isElsewhere = left > 1 && (reply == null ? isRefused(failure) : isLeaving(reply));
            if (isElsewhere) {
                tryFrom(index + 1, left - 1, told);
            } else if (reply == null) {
                told.completeExceptionally(failure);
            } else {
                told.complete(reply);
            }
        });
    }

    private static boolean isLeaving(Reply reply) {
        return reply.status() == 503 && reply.text().contains("starting or leaving");
    }

    private static boolean isRefused(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ConnectException;
    }
}

package io.p2pfaas.node.call;

import io.p2pfaas.core.model.FunctionName;
import java.util.concurrent.CompletionStage;

/** Calls a function as a client elsewhere would, for somebody who tries it on a page of this node. */
@FunctionalInterface
public interface Trial {
    /** Completes with the answer, or with an error of the node in the same form when there is none; never exceptionally. */
    CompletionStage<Response> call(FunctionName function, Request request);
}

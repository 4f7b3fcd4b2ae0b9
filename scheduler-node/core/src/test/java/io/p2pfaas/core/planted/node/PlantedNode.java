package io.p2pfaas.core.planted.node;

import io.p2pfaas.core.planted.model.ModelThatKnowsThePolicy;
import java.util.List;

/** Closes the cycle. */
public record PlantedNode(List<ModelThatKnowsThePolicy> models) {
    public int policies() {
        return Math.toIntExact(
                models.stream().map(ModelThatKnowsThePolicy::policy).distinct().count());
    }
}

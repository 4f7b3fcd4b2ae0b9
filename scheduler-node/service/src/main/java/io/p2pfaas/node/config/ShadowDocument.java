package io.p2pfaas.node.config;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.node.config.JsonFields.TextRule;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shadow in the words of {@link SchedulerDocument}; an empty name means none.
 *
 * @param policy made of {@code spec}; null for none
 */
public record ShadowDocument(PolicySpec spec, @Nullable SchedulingPolicy policy) {
    /** No shadow. */
    public static final ShadowDocument NONE = new ShadowDocument(new PolicySpec("", List.of()), null);

    private static final String EXAMPLE = "{\"name\":\"LeastLoadedSpill\",\"parameters\":[]}";

    /** Reads a document and makes its policy. */
    public static ShadowDocument read(ByteBuffer json, PolicyCatalogue catalogue) throws DocumentRefused {
        JsonFields fields = JsonFields.read(json.duplicate(), List.of("name", "parameters", "faithful"), EXAMPLE);
        String name = fields.text("name", new TextRule("a scheduler's name, or empty for none", any -> true));
        if (name.isEmpty()) {
            return NONE;
        }
        SchedulerDocument document = SchedulerDocument.read(json, catalogue);
        try {
            catalogue.requireShadow(document.spec());
        } catch (IllegalArgumentException wrong) {
            throw new DocumentRefused("name", "cannot be: " + wrong.getMessage(), "any other scheduler");
        }
        return new ShadowDocument(document.spec(), document.policy());
    }
}

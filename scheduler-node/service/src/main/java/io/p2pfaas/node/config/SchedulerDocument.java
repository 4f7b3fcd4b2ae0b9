package io.p2pfaas.node.config;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.config.JsonFields.TextRule;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A scheduler as P2PFaaS says it: {@code {"name":"PowerOfNScheduler","parameters":["1","2","true","1"]}}.
 *
 * @param policy made of {@code spec}, so that it is known to be possible
 */
public record SchedulerDocument(PolicySpec spec, SchedulingPolicy policy) {
    private static final String NAME = "name";
    private static final String PARAMETERS = "parameters";
    /** Ours: P2PFaaS knows the first two fields only, and is answered with those unless this one is true. */
    private static final String FAITHFUL = "faithful";

    private static final String ALLOWED = ", allowed is ";
    private static final int MAX_LENGTH = 256;
    /** What the flag {@code --scheduler}, in which a comma separates two parameters, can say too. */
    private static final TextRule PARAMETER = new TextRule(
            "a string of up to " + MAX_LENGTH + " visible characters without , ( )",
            text -> text.length() <= MAX_LENGTH
                    && text.chars().allMatch(c -> c >= ' ' && c < 0x7f && ",()".indexOf(c) < 0));

    /** Reads a document and makes its policy. */
    public static SchedulerDocument read(ByteBuffer json, PolicyCatalogue catalogue) throws DocumentRefused {
        JsonFields fields = JsonFields.read(
                json, List.of(NAME, PARAMETERS, FAITHFUL), json(PolicySpec.parse("PowerOfNScheduler(1,2,true,1)")));
        List<String> names = catalogue.names();
        String name = fields.text(NAME, new TextRule("one of " + String.join(", ", names), names::contains));
        PolicySpec spec = new PolicySpec(
                name,
                fields.has(PARAMETERS) ? fields.texts(PARAMETERS, PARAMETER) : List.of(),
                fields.has(FAITHFUL) && fields.truth(FAITHFUL));
        try {
            SchedulingPolicy policy = catalogue.create(spec);
            // Asked here, so that a policy which cannot answer is refused before it is in force.
            Objects.requireNonNull(policy.describe(), "it does not say what it is");
            Objects.requireNonNull(policy.needs(), "it does not say what it needs");
            return new SchedulerDocument(spec, policy);
        } catch (RuntimeException wrong) {
            String why = String.valueOf(wrong.getMessage());
            // What is allowed is said once: by the policy, if it knows.
            int cut = why.lastIndexOf(ALLOWED);
            throw new DocumentRefused(
                    spec.faithful() && why.contains(FAITHFUL) ? FAITHFUL : PARAMETERS,
                    "cannot be: " + (cut < 0 ? why : why.substring(0, cut)),
                    cut < 0 ? "what docs/policies.md says of " + name : why.substring(cut + ALLOWED.length()));
        }
    }

    /** The document that says this. */
    public static String json(PolicySpec spec) {
        return "{\"name\":" + JsonText.quoted(spec.name()) + ",\"parameters\":"
                + spec.parameters().stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"))
                + (spec.faithful() ? ",\"faithful\":true}" : "}");
    }
}

package io.p2pfaas.node.loop;

import io.p2pfaas.core.node.Effect;

/**
 * Carries out the brain's effects. Called outside the brain's lock by whichever thread brought the event, so several
 * threads may be in it at once; it must not block.
 */
@FunctionalInterface
public interface EffectHandler {
    /** Does what the effect says. {@link Effect.WakeAt} never arrives here. */
    void carryOut(Effect effect);
}

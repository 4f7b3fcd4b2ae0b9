package io.p2pfaas.load.planted.arrows.plan;

import io.p2pfaas.load.planted.arrows.record.KnowsLive;

/** Breaks the rule that plans know no results. */
record KnowsRecord(KnowsLive result) {}

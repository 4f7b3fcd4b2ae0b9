package io.p2pfaas.load.planted.cycles.two;

import io.p2pfaas.load.planted.cycles.one.Hen;

public record Egg(Hen from) {}

package io.p2pfaas.load.planted.cycles.one;

import io.p2pfaas.load.planted.cycles.two.Egg;

public record Hen(Egg from) {}

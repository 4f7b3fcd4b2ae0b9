package io.p2pfaas.node.metrics;

/** All metrics at one moment, in the format that {@code contentType} names. */
public record Exposition(String contentType, String text) {}

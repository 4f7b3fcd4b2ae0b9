package io.p2pfaas.node.http;

/** All metrics at one moment, in the format that {@code contentType} names. */
public record MetricsText(String contentType, String text) {}

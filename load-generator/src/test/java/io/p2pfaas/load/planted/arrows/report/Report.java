package io.p2pfaas.load.planted.arrows.report;

/** Known only to cli. */
public final class Report {}

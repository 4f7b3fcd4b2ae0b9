package io.p2pfaas.node.planted.arrows.config;

/** Stands for the settings. */
public final class Settings {}

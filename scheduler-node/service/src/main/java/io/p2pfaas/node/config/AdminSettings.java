package io.p2pfaas.node.config;

/**
 * Who may manage functions from elsewhere.
 *
 * @param password also where it was given as a file
 */
public record AdminSettings(String user, Secret password) {}

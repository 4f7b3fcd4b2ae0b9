package io.p2pfaas.node.config;

import java.util.Optional;

/**
 * What is offered to scripts that were written for P2PFaaS's discovery service.
 *
 * @param port where they find it, on the host of the HTTP address; absent = nowhere
 * @param machine what they set and read
 */
public record DiscoverySettings(Optional<Integer> port, MachineSettings machine) {}

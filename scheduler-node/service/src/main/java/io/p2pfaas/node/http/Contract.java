package io.p2pfaas.node.http;

import io.p2pfaas.node.call.Document;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What P2PFaaS's clients read and change beside functions.
 *
 * @param configuration slots and queue
 * @param scheduler the algorithm
 * @param shadow the algorithm whose decisions are only counted
 * @param machine what the discovery service was told about its machine
 * @param list the living peers, JSON
 * @param machineFields header fields by which a discovery service presents itself
 */
public record Contract(
        Document configuration,
        Document scheduler,
        Document shadow,
        Document machine,
        Supplier<String> list,
        Supplier<Map<String, String>> machineFields) {}

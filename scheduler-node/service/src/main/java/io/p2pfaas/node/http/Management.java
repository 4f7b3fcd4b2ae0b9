package io.p2pfaas.node.http;

import io.p2pfaas.node.function.FunctionDesk;
import io.p2pfaas.node.function.SecretDesk;
import java.util.concurrent.Executor;

/**
 * What is managed over HTTP, and how.
 *
 * @param executor runs what may wait for the disk or a container engine; may refuse when it has too much to do
 */
public record Management(FunctionDesk functions, SecretDesk secrets, ManagementSetup setup, Executor executor) {}

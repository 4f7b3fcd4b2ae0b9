package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.HttpLimits;
import io.undertow.connector.ByteBufferPool;
import org.xnio.XnioWorker;

/**
 * What is needed to call containers over HTTP.
 *
 * @param worker must outlive the runtimes
 */
public record HttpParts(XnioWorker worker, ByteBufferPool buffers, HttpLimits limits) {}

/** Bytes and topics to model and back, version 1. Nothing here trusts what it reads. */
@NullMarked
package io.p2pfaas.node.wire;

import org.jspecify.annotations.NullMarked;

/** The HTTP entrance: translate, offer, answer. */
@NullMarked
package io.p2pfaas.node.http;

import org.jspecify.annotations.NullMarked;

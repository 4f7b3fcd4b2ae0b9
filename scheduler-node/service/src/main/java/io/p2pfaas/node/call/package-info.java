/** What travels between the edges through the core unseen: requests, responses, headers, outcomes. */
@NullMarked
package io.p2pfaas.node.call;

import org.jspecify.annotations.NullMarked;

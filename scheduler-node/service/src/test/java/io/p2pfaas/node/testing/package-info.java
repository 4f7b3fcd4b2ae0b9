/** What several modules' tests need to run against the real thing. */
@NullMarked
package io.p2pfaas.node.testing;

import org.jspecify.annotations.NullMarked;

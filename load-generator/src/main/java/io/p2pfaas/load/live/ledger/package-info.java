/** Double-entry bookkeeping of a run: what callers saw, what functions did, what nodes counted, what was broken. Pure. */
@NullMarked
package io.p2pfaas.load.live.ledger;

import org.jspecify.annotations.NullMarked;

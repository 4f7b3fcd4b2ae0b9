/** What became of every call, and the counts and histograms made from it. Knows no world: neither sockets nor virtual time. */
@NullMarked
package io.p2pfaas.load.record;

import org.jspecify.annotations.NullMarked;

/** The demo: a broker and a few nodes in one JVM, started with one command. */
@NullMarked
package io.p2pfaas.demo;

import org.jspecify.annotations.NullMarked;

/** Fuzzing of parsers: what a target is, what it may cost, and the ways to run one. docs/fuzzing.md. */
@NullMarked
package io.p2pfaas.core.fuzz;

import org.jspecify.annotations.NullMarked;

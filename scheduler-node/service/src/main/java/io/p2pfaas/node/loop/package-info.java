/** Drives the brain live: who may enter, when it is woken, and who carries out its effects. */
@NullMarked
package io.p2pfaas.node.loop;

import org.jspecify.annotations.NullMarked;

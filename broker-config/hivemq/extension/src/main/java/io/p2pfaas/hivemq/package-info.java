/** An extension of HiveMQ CE: who may connect, and what each name may publish and subscribe to. */
@NullMarked
package io.p2pfaas.hivemq;

import org.jspecify.annotations.NullMarked;

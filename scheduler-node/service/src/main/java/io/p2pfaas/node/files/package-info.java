/** Files that are read again when they change. */
@NullMarked
package io.p2pfaas.node.files;

import org.jspecify.annotations.NullMarked;

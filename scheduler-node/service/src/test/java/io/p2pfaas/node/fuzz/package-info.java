/** The parsers of the node as fuzz targets. */
@NullMarked
package io.p2pfaas.node.fuzz;

import org.jspecify.annotations.NullMarked;

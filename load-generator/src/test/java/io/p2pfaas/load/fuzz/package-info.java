/** The parsers of the lab as fuzz targets. */
@NullMarked
package io.p2pfaas.load.fuzz;

import org.jspecify.annotations.NullMarked;

/** Line charts and heat maps, drawn once and written as SVG or PNG. Knows nothing of experiments. */
@NullMarked
package io.p2pfaas.load.report.chart;

import org.jspecify.annotations.NullMarked;

/** Results in the formats of other tools: CSV, the original's SQLite tables, HdrHistogram logs. */
@NullMarked
package io.p2pfaas.load.report.export;

import org.jspecify.annotations.NullMarked;

/** Text and files from records. */
@NullMarked
package io.p2pfaas.load.report;

import org.jspecify.annotations.NullMarked;

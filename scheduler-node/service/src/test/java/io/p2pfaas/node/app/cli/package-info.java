@NullMarked
package io.p2pfaas.node.app.cli;

import org.jspecify.annotations.NullMarked;

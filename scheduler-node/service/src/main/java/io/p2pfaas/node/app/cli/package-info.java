/** What operators do with nodes over HTTP and MQTT from a command line. */
@NullMarked
package io.p2pfaas.node.app.cli;

import org.jspecify.annotations.NullMarked;

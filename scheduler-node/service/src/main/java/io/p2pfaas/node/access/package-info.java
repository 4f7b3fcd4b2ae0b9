/** Who may do what over HTTP: tokens, a user with a password, roles. */
@NullMarked
package io.p2pfaas.node.access;

import org.jspecify.annotations.NullMarked;

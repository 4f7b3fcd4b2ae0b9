/**
 * Typed settings of the node, loaded strictly from a file, the environment and flags. {@link
 * io.p2pfaas.node.config.SettingsTable} says what there is to set, {@link io.p2pfaas.node.config.SettingsLoader} makes
 * {@link io.p2pfaas.node.config.NodeSettings} of what was given.
 */
@NullMarked
package io.p2pfaas.node.config;

import org.jspecify.annotations.NullMarked;

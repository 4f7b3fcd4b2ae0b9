package io.p2pfaas.node.call;

import io.p2pfaas.core.model.FunctionName;
import java.util.Optional;

/**
 * Topics whose messages are calls of a function.
 *
 * @param to where answers go if the message names no response topic; absent = nowhere
 * @param errors where failures go; absent = they are only counted and logged
 * @param retain whether the broker keeps the last answer
 */
public record TopicMapping(
        TopicPattern topic,
        FunctionName function,
        Optional<TopicTemplate> to,
        Optional<TopicTemplate> errors,
        boolean retain) {}

package io.p2pfaas.node.config;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Kinds of values that are names or other words. */
final class Words {
    private Words() {}

    /** The name of a node. */
    record Node() implements ValueKind<NodeId> {
        @Override
        public String placeholder() {
            return "ID";
        }

        @Override
        public String allowed() {
            return "1 to 64 characters of A-Z a-z 0-9 _ -, unique in the cluster";
        }

        @Override
        public NodeId parse(String text) {
            if (!NodeId.isValid(text)) {
                throw new IllegalArgumentException("not a node id");
            }
            return new NodeId(text);
        }
    }

    /** The name of a function. */
    record Function() implements ValueKind<FunctionName> {
        @Override
        public String placeholder() {
            return "NAME";
        }

        @Override
        public String allowed() {
            return "1 to 64 characters of A-Z a-z 0-9 . _ - with a letter or digit first";
        }

        @Override
        public FunctionName parse(String text) {
            if (!FunctionName.isValid(text)) {
                throw new IllegalArgumentException("not a function name");
            }
            return new FunctionName(text);
        }
    }

    /** A policy with its parameters; whether there is such a one shows when the plug-ins are known. */
    record Policy(boolean shadow) implements ValueKind<PolicySpec> {
        @Override
        public String placeholder() {
            return "NAME(PARAMETERS)";
        }

        @Override
        public String allowed() {
            PolicyCatalogue catalogue = PolicyCatalogue.standard();
            return "one of " + String.join(", ", shadow ? catalogue.shadowNames() : catalogue.names())
                    + ", or of a plug-in, with parameters in parentheses where it has some";
        }

        @Override
        public PolicySpec parse(String text) {
            return PolicySpec.parse(text);
        }
    }

    /** A file or folder; whether it exists is for the one who opens it. */
    record Place(String placeholder) implements ValueKind<Path> {
        @Override
        public String allowed() {
            return "a path";
        }

        @Override
        public Path parse(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("it is empty");
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e.getReason(), e);
            }
        }
    }

    /** A user name; with HTTP's basic authentication none with a colon. */
    record User(boolean colon) implements ValueKind<String> {
        @Override
        public String placeholder() {
            return "NAME";
        }

        @Override
        public String allowed() {
            return "a name that is not empty" + (colon ? "" : " and has no colon");
        }

        @Override
        public String parse(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("it is empty");
            }
            if (!colon && text.indexOf(':') >= 0) {
                throw new IllegalArgumentException("it has a colon");
            }
            return text;
        }
    }

    /** A password. */
    record Password() implements ValueKind<Secret> {
        @Override
        public String placeholder() {
            return "PASSWORD";
        }

        @Override
        public String allowed() {
            return "a password that is not empty";
        }

        @Override
        public Secret parse(String text) {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("it is empty");
            }
            return new Secret(text);
        }
    }
}

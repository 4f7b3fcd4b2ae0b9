package io.p2pfaas.node.config;

import io.p2pfaas.core.model.FunctionName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The kind of value {@code NAME=SPEC}. Read as text only: whether the builtin exists is for the runtime to say. */
record FunctionText() implements ValueKind<FunctionSetting> {
    private static final Pattern BUILTIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}(\\?[^\\s#]*)?");

    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./:@_-]{0,511}");

    @Override
    public String placeholder() {
        return "NAME=SPEC";
    }

    @Override
    public String allowed() {
        return "NAME=SPEC, in a file NAME: SPEC, where the name is " + new Words.Function().allowed()
                + " and the spec is builtin:NAME, builtin:NAME?option=value&..., http://HOST:PORT[/PATH], docker:IMAGE or"
                + " exec:/PATH/PROGRAM";
    }

    @Override
    public FunctionSetting parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("it has no =");
        }
        FunctionName name = new Words.Function().parse(text.substring(0, equals));
        String spec = text.substring(equals + 1);
        requireSpec(spec);
        return new FunctionSetting(name, spec, false);
    }

    private static void requireSpec(String spec) {
        if (spec.startsWith("builtin:")) {
            if (!BUILTIN.matcher(spec.substring("builtin:".length())).matches()) {
                throw new IllegalArgumentException("not the name of a builtin function");
            }
        } else if (spec.startsWith("http://")) {
            requireTarget(spec);
        } else if (spec.startsWith("docker:")) {
            if (!IMAGE.matcher(spec.substring("docker:".length())).matches()) {
                throw new IllegalArgumentException("not the name of an image");
            }
        } else if (spec.startsWith("exec:")) {
            if (!spec.startsWith("exec:/")) {
                throw new IllegalArgumentException("not the absolute path of a program");
            }
        } else if (spec.startsWith("https:")) {
            throw new IllegalArgumentException("https: functions are not available yet");
        } else {
            throw new IllegalArgumentException("the spec begins with none of builtin:, http://, docker:, exec:");
        }
    }

    private static void requireTarget(String spec) {
        URI uri;
        try {
            uri = new URI(spec);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL", e);
        }
        // Not URI.getHost(): it knows no names with underscores, which compose files are full of.
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new IllegalArgumentException("the URL has no host");
        }
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a URL with user and password is not allowed");
        }
        boolean withPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        if (HostPort.parse(withPort ? authority : authority + ":80").port() == 0) {
            throw new IllegalArgumentException("nothing can be reached at port 0");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the URL has a query or a fragment");
        }
    }
}

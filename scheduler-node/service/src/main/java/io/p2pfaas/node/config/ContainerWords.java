package io.p2pfaas.node.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Kinds of values that are about containers. */
final class ContainerWords {
    private ContainerWords() {}

    /** Where a container engine listens. */
    record EngineAddress() implements ValueKind<String> {
        private static final Pattern FORM = Pattern.compile("unix:///\\S+|tcp://[^\\s/@]+:\\d{1,5}");

        @Override
        public String placeholder() {
            return "URL";
        }

        @Override
        public String allowed() {
            return "unix:///PATH or tcp://HOST:PORT";
        }

        @Override
        public String parse(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException("not the address of a container engine");
            }
            return text;
        }
    }

    /** Names of images, with wildcards. */
    record ImagePattern() implements ValueKind<String> {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9*?./:@_-]{1,512}");

        @Override
        public String placeholder() {
            return "PATTERN";
        }

        @Override
        public String allowed() {
            return "the name of an image, in which * stands for any text without /, ** for any text and ? for one character";
        }

        @Override
        public String parse(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException("not the name of an image");
            }
            return text;
        }
    }

    /** A number of processors, in billionths. */
    record Cpus() implements ValueKind<Long> {
        private static final Pattern FORM = Pattern.compile("\\d{1,4}(\\.\\d{1,3})?");
        private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
        private static final BigDecimal LEAST = new BigDecimal("0.01");

        @Override
        public String placeholder() {
            return "NUMBER";
        }

        @Override
        public String allowed() {
            return "a number of processors, at least 0.01, such as 0.5 or 2";
        }

        @Override
        public Long parse(String text) {
            if (!FORM.matcher(text).matches() || new BigDecimal(text).compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("not a number of processors");
            }
            return new BigDecimal(text).multiply(NANOS).longValueExact();
        }
    }
}

package io.p2pfaas.node.config;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.call.Allowance;
import io.p2pfaas.node.call.TopicMapping;
import io.p2pfaas.node.call.TopicPattern;
import io.p2pfaas.node.call.TopicTemplate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of values that are about devices. */
final class DeviceWords {
    private DeviceWords() {}

    /** A mapping in one text; a file may have the same keys as a map. */
    record Mapping() implements ValueKind<TopicMapping> {
        static final List<String> KEYS = List.of("topic", "function", "to", "errors", "retain");
        private static final Pattern BETWEEN = Pattern.compile("\\s+(?=[a-z-]+=)");
        private static final int MAX_LENGTH = 4096;

        @Override
        public String placeholder() {
            return "MAPPING";
        }

        @Override
        public String allowed() {
            return "'topic=FILTER function=NAME', and if wanted 'to=TOPIC errors=TOPIC retain=true', with spaces between,"
                    + " in a file the same keys as a map; FILTER begins neither with $ nor reaches the topics below"
                    + " broker.root, and TOPIC may have {1} {2}.. and {#} for what + and # stand for";
        }

        @Override
        public TopicMapping parse(String text) {
            if (text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
            }
            Map<String, String> values = values(text);
            TopicPattern topic = TopicPattern.of(new Topics.Filter().parse(required(values, "topic")));
            FunctionName function;
            try {
                function = new Words.Function().parse(required(values, "function"));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("function: " + wrong.getMessage(), wrong);
            }
            Optional<TopicTemplate> to = template(values, "to", topic);
            boolean retain = retain(values);
            if (retain && to.isEmpty()) {
                throw new IllegalArgumentException("retain is of no use without to");
            }
            return new TopicMapping(topic, function, to, template(values, "errors", topic), retain);
        }

        private static Map<String, String> values(String text) {
            Map<String, String> values = new LinkedHashMap<>();
            for (String part : BETWEEN.split(text.strip(), -1)) {
                int equals = part.indexOf('=');
                String key = equals < 0 ? part : part.substring(0, equals);
                if (equals < 0 || !KEYS.contains(key)) {
                    throw new IllegalArgumentException("'" + key + "' is none of the keys " + String.join(", ", KEYS));
                }
                if (values.put(key, part.substring(equals + 1)) != null) {
                    throw new IllegalArgumentException(key + " is given a second time");
                }
            }
            return values;
        }

        private static String required(Map<String, String> values, String key) {
            String value = values.get(key);
            if (value == null) {
                throw new IllegalArgumentException(key + " is missing");
            }
            return value;
        }

        private static Optional<TopicTemplate> template(Map<String, String> values, String key, TopicPattern topic) {
            return Optional.ofNullable(values.get(key)).map(text -> {
                try {
                    return TopicTemplate.of(Topics.requireTopic(text), topic);
                } catch (IllegalArgumentException wrong) {
                    throw new IllegalArgumentException(key + ": " + wrong.getMessage(), wrong);
                }
            });
        }

        private static boolean retain(Map<String, String> values) {
            try {
                return new Quantities.YesOrNo().parse(values.getOrDefault("retain", "false"));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("retain: " + wrong.getMessage(), wrong);
            }
        }
    }

    /** So many calls in a second, a minute, an hour or a day; 0 = no limit. */
    record Pace() implements ValueKind<Optional<Allowance>> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,9})/([smhd])");
        private static final int MAX = 1_000_000;

        @Override
        public String placeholder() {
            return "NUMBER/UNIT";
        }

        @Override
        public String allowed() {
            return "calls in a time, a number from 1 to " + MAX
                    + ", / and one of the units s, m, h, d; or 0 = no limit";
        }

        @Override
        public Optional<Allowance> parse(String text) {
            if (text.equals("0")) {
                return Optional.empty();
            }
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException("not calls in a time");
            }
            int calls = Integer.parseInt(form.group(1));
            if (calls < 1 || calls > MAX) {
                throw new IllegalArgumentException(calls < 1 ? "too small" : "too large");
            }
            Duration per = switch (form.group(2)) {
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                default -> Duration.ofDays(1);
            };
            return Optional.of(new Allowance(calls, per));
        }
    }
}

package io.p2pfaas.hivemq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rights that make-acl writes, by name. Anything in them that is not understood is refused, not passed over. */
final class Rights {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SHARED = Pattern.compile("\\$share/([^/]+)/(.+)");

    private final Map<String, List<Right>> byName;

    private Rights(Map<String, List<Right>> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** Permission to publish to a topic, or to subscribe to it, perhaps as a member of a group. */
    static final class Right {
        private final boolean publish;
        private final Optional<String> group;
        private final String topic;

        private Right(boolean publish, Optional<String> group, String topic) {
            this.publish = publish;
            this.group = group;
            this.topic = topic;
        }

        boolean isPublish() {
            return publish;
        }

        Optional<String> group() {
            return group;
        }

        String topic() {
            return topic;
        }

        @Override
        public String toString() {
            return (publish ? "publish " : "subscribe ")
                    + group.map(name -> name + " of ").orElse("")
                    + topic;
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    Optional<List<Right>> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws IllegalArgumentException naming what is not understood */
    static Rights parse(String json) {
        try {
            JsonNode root = new ObjectMapper().readTree(json);
            refuseOpenDefaults(root.path("defaultACLAccess"));
            Map<String, List<Right>> byRole = new HashMap<>();
            for (JsonNode role : root.path("roles")) {
                byRole.put(role.path("rolename").asText(), rights(role.path("acls")));
            }
            Map<String, List<Right>> byName = new HashMap<>();
            for (JsonNode client : root.path("clients")) {
                byName.put(name(client), rightsOfRoles(client, byRole));
            }
            if (byName.isEmpty()) {
                throw new IllegalArgumentException("acl.json names nobody; it is written by make-acl");
            }
            return new Rights(byName);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("acl.json is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void refuseOpenDefaults(JsonNode defaults) {
        for (String access : List.of("publishClientSend", "publishClientReceive", "subscribe")) {
            if (!defaults.path(access).isBoolean() || defaults.path(access).asBoolean()) {
                throw new IllegalArgumentException(
                        "acl.json: defaultACLAccess " + access + " is " + defaults.path(access) + ", allowed is false");
            }
        }
    }

    private static String name(JsonNode client) {
        String name = client.path("username").asText();
        if (!isName(name) || client.has("password") || client.has("groups")) {
            throw new IllegalArgumentException("acl.json: client " + client + " is none that make-acl writes");
        }
        return name;
    }

    private static List<Right> rightsOfRoles(JsonNode client, Map<String, List<Right>> byRole) {
        List<Right> all = new ArrayList<>();
        for (JsonNode role : client.path("roles")) {
            String name = role.path("rolename").asText();
            List<Right> found = byRole.get(name);
            if (found == null) {
                throw new IllegalArgumentException("acl.json: there is no role '" + name + "'");
            }
            all.addAll(found);
        }
        return List.copyOf(all);
    }

    private static List<Right> rights(JsonNode acls) {
        List<Right> found = new ArrayList<>();
        for (JsonNode acl : acls) {
            if (!acl.path("allow").asBoolean()) {
                throw new IllegalArgumentException("acl.json: " + acl + " does not allow; only allow is understood");
            }
            String topic = acl.path("topic").asText();
            String kind = acl.path("acltype").asText();
            switch (kind) {
                case "publishClientSend":
                    found.add(new Right(true, Optional.empty(), topic));
                    break;
                case "subscribePattern":
                    found.add(subscription(topic));
                    break;
                case "publishClientReceive":
                    // HiveMQ delivers what has been subscribed to, and asks nobody then.
                    break;
                default:
                    throw new IllegalArgumentException("acl.json: acltype is '" + kind
                            + "', allowed are publishClientSend, publishClientReceive, subscribePattern");
            }
        }
        return found;
    }

    private static Right subscription(String topic) {
        var shared = SHARED.matcher(topic);
        return shared.matches()
                ? new Right(false, Optional.of(shared.group(1)), shared.group(2))
                : new Right(false, Optional.empty(), topic);
    }
}

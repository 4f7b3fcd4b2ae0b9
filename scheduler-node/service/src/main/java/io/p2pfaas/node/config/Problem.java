package io.p2pfaas.node.config;

/**
 * Why the node does not start with what was given. Never holds a secret.
 *
 * @param key of the setting; empty if the file as a whole is meant
 * @param where it came from: file with line and column, environment variable, or flag
 * @param what is wrong, with the value found
 * @param allowed instead; may be empty
 * @param example of what could be given; may be empty
 */
public record Problem(String key, String where, String what, String allowed, String example) {

    static Problem ofValue(Setting<?> setting, Given given, String reason) {
        String what = "found '" + setting.shown(given.text()) + "': " + reason;
        return new Problem(setting.key(), given.where(), what, setting.allowed(), setting.example());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(160);
        text.append(key.isEmpty() ? where : key + " (" + where + ")");
        text.append(": ").append(what);
        if (!allowed.isEmpty()) {
            text.append("; allowed is ").append(allowed);
        }
        if (!example.isEmpty()) {
            text.append("; for example ").append(example);
        }
        return text.toString();
    }
}

package io.p2pfaas.node.http;

import io.p2pfaas.node.call.JsonText;

/** What the OpenFaaS gateway says of itself, said of this node. */
final class SystemInfo {
    private SystemInfo() {}

    static String of(String version) {
        String release = "{\"commit_message\":\"\",\"sha\":\"\",\"release\":" + JsonText.quoted(version) + "}";
        return "{\"provider\":{\"provider\":\"p2pfaas-mqtt\",\"orchestration\":\"p2pfaas\",\"version\":" + release
                + "},\"version\":" + release + ",\"arch\":" + JsonText.quoted(architecture()) + "}";
    }

    /** As uname calls it, which is what clients show and compare. */
    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return name.equals("amd64") ? "x86_64" : name;
    }
}

package io.p2pfaas.node.config;

import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.config.JsonFields.TextRule;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What P2PFaaS's discovery service was told about its machine. Kept and answered for the scripts that set it; nothing
 * here goes by it, since nodes find each other through the broker.
 *
 * @param ip address of the machine
 * @param id name of the machine
 * @param groupName name of its group
 * @param initServers where the original's discovery began
 */
public record MachineSettings(String ip, String id, String groupName, List<String> initServers) {
    private static final String IP = "machine_ip";
    private static final String ID = "machine_id";
    private static final String GROUP_NAME = "machine_group_name";
    private static final String INIT_SERVERS = "init_servers";
    private static final int MAX_LENGTH = 128;
    /** They come into header fields. */
    private static final TextRule WORD = new TextRule(
            "a string of up to " + MAX_LENGTH + " visible ASCII characters",
            text -> text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c >= ' ' && c < 0x7f));

    private static final TextRule SOME_WORD = new TextRule(
            "a string of 1 to " + MAX_LENGTH + " visible ASCII characters",
            text -> !text.isBlank() && WORD.test().test(text));

    public MachineSettings {
        initServers = List.copyOf(initServers);
    }

    /** The settings with what a document names. */
    public MachineSettings with(ByteBuffer json) throws DocumentRefused {
        JsonFields fields = JsonFields.read(json, List.of(IP, ID, GROUP_NAME, INIT_SERVERS), json());
        return new MachineSettings(
                fields.has(IP) ? fields.text(IP, SOME_WORD) : ip,
                fields.has(ID) ? fields.text(ID, SOME_WORD) : id,
                fields.has(GROUP_NAME) ? fields.text(GROUP_NAME, WORD) : groupName,
                fields.has(INIT_SERVERS) ? fields.texts(INIT_SERVERS, SOME_WORD) : initServers);
    }

    /** As P2PFaaS says it. */
    public String json() {
        return "{\"" + IP + "\":" + JsonText.quoted(ip) + ",\"" + ID + "\":" + JsonText.quoted(id) + ",\"" + GROUP_NAME
                + "\":" + JsonText.quoted(groupName) + ",\"" + INIT_SERVERS + "\":"
                + initServers.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]")) + "}";
    }
}

package io.p2pfaas.node.app;

import io.p2pfaas.node.call.Document;
import io.p2pfaas.node.config.DataFolder;
import io.p2pfaas.node.config.DocumentRefused;
import io.p2pfaas.node.config.MachineSettings;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What scripts written for P2PFaaS's discovery service set and read about this machine. */
final class Machine implements Document {
    private final Keeper keeper;
    private volatile MachineSettings settings;

    Machine(MachineSettings start, Keeper keeper) {
        this.settings = start;
        this.keeper = keeper;
    }

    MachineSettings settings() {
        return settings;
    }

    /** The header fields by which a discovery service presents itself. */
    Map<String, String> fields() {
        MachineSettings now = settings;
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("p2pfaas-machine-ip", now.ip());
        fields.put("p2pfaas-machine-name", now.id());
        fields.put("p2pfaas-machine-group-name", now.groupName());
        return fields;
    }

    @Override
    public String text() {
        return settings.json();
    }

    @Override
    public synchronized Optional<Refusal> change(ByteBuffer json, String by) {
        MachineSettings next;
        try {
            next = settings.with(json);
        } catch (DocumentRefused refused) {
            return Optional.of(Refusal.wrongInput(refused.getMessage()));
        }
        Optional<Refusal> unsaved = keeper.keep(DataFolder.DISCOVERY, next.json());
        if (unsaved.isEmpty()) {
            settings = next;
        }
        return unsaved;
    }
}

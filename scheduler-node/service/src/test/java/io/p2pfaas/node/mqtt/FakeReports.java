package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
final class FakeReports implements ReportTraffic.Listener {
    final List<Boolean> links = new ArrayList<>();
    final List<NodeId> asked = new ArrayList<>();
    final List<String> heard = new ArrayList<>();

    @Override
    public void link(boolean isUp) {
        links.add(isUp);
    }

    @Override
    public void asked(NodeId by) {
        asked.add(by);
    }

    @Override
    public boolean heard(NodeId node, ByteBuffer report) {
        heard.add(node + ": " + StandardCharsets.UTF_8.decode(report.duplicate()));
        return true;
    }
}

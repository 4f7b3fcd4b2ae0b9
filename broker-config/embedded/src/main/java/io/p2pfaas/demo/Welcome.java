package io.p2pfaas.demo;

import io.p2pfaas.node.app.Node;
import java.io.PrintStream;
import java.util.List;

/** What the demo says when it is ready: what there is, and what to try. */
final class Welcome {
    private Welcome() {}

    static void print(List<Node> nodes, int brokerPort, PrintStream out) {
        String first = nodes.get(0).url();
        String port = brokerPort == 1883 ? "" : "-p " + brokerPort + " ";
        out.println();
        for (Node node : nodes) {
            out.println("  node " + node.id() + " ready at " + node.url());
        }
        out.println("  broker ready at mqtt://127.0.0.1:" + brokerPort);
        out.println("  functions on every node: echo  sleep (100 ms)  cpu (20 ms)  hash  resize (JPEG)");
        out.println();
        out.println("Try, in another terminal:");
        out.println();
        out.println("  curl -i " + first + "/function/echo -d 'hello over HTTP'");
        out.println(
                "  mosquitto_rr -V 5 " + port + "-t p2pfaas/v1/fn/echo -e p2pfaas/v1/cli/me/rsp -m 'hello over MQTT'");
        if (nodes.size() > 1) {
            out.println(
                    "  curl -i " + first + "/function/echo -d 'run it on a peer' -H 'X-P2pfaas-Scheduler-Forward: 1'");
        }
        out.println("  seq 40 | xargs -P 40 -I{} curl -s -o /dev/null " + first + "/function/sleep -d {}");
        out.println();
        out.println("See it, in a browser: " + first + "/ui");
        out.println();
        out.println("Ctrl-C stops everything.");
        out.println();
        out.flush();
    }
}

package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class HostFirewallTest {
    private final Set<String> inPlace = new TreeSet<>();
    private final List<String> changes = new ArrayList<>();
    private boolean permitted = true;

    /** Programs that keep rules as the kernel does. */
    private boolean run(List<String> command) {
        String rule = command.get(0) + " " + String.join(" ", command.subList(4, command.size()));
        if (!permitted) {
            return false;
        }
        if (command.contains("-C")) {
            return inPlace.contains(rule);
        }
        changes.add(rule);
        return inPlace.add(rule);
    }

    @Test
    void rules_are_put_in_place_once() {
        HostFirewall firewall = new HostFirewall(this::run, true);

        assertThat(firewall.protect()).isEmpty();
        assertThat(firewall.protect()).isEmpty();
        assertThat(changes)
                .containsExactly(
                        "iptables INPUT -i p2pf+ -m conntrack ! --ctstate ESTABLISHED,RELATED -j REJECT",
                        "iptables DOCKER-USER -i p2pf+ -d 169.254.0.0/16 -j REJECT",
                        "ip6tables INPUT -i p2pf+ -m conntrack ! --ctstate ESTABLISHED,RELATED -j REJECT");
    }

    @Test
    void a_machine_without_ipv6_needs_no_rule_for_it() {
        new HostFirewall(this::run, false).protect();

        assertThat(changes).noneMatch(rule -> rule.startsWith("ip6tables"));
    }

    @Test
    void a_node_that_may_not_says_what_the_operator_has_to_run() {
        permitted = false;

        assertThat(new HostFirewall(this::run, false).protect().orElseThrow())
                .contains("iptables -w 5 -I INPUT -i p2pf+ -m conntrack ! --ctstate ESTABLISHED,RELATED -j REJECT"
                        + " && iptables -w 5 -I DOCKER-USER -i p2pf+ -d 169.254.0.0/16 -j REJECT");
    }

    @Test
    void bridges_have_names_that_the_rules_know_and_the_kernel_takes() {
        String name = HostFirewall.bridge("p2pfaas-" + "long".repeat(20));

        assertThat(name).startsWith("p2pf").hasSize(15);
        assertThat(HostFirewall.bridge("a")).isNotEqualTo(HostFirewall.bridge("b"));
    }
}

package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and parameters as users write them. */
final class PolicyCatalogueTest {
    private static SchedulingPolicy create(String text) {
        return PolicyCatalogue.standard().create(PolicySpec.parse(text));
    }

    @Test
    void parameters_come_in_the_order_of_p2pfaas_and_all_have_defaults() {
        assertThat(create("PowerOfNScheduler(2, 3, false, 4)")).isEqualTo(new PowerOfNScheduler(2, 3, false, 4));
        assertThat(create("PowerOfNScheduler")).isEqualTo(new PowerOfNScheduler(1, 2, true, 1));
        assertThat(create("NoScheduler(T)")).isEqualTo(new NoScheduler(true));
        assertThat(create("ForwardScheduler(3)")).isEqualTo(new ForwardScheduler(3));
        assertThat(create("RejectScheduler")).isEqualTo(new RejectScheduler());
        assertThat(create("LeastLoadedSpill")).isEqualTo(new LeastLoadedSpill(4, 3));
        assertThat(create("JoinIdleQueue")).isEqualTo(new JoinIdleQueue(3));
        assertThat(create("PullFromQueue")).isEqualTo(new PullFromQueue());
        assertThat(create("BrokerMatch")).isEqualTo(new BrokerMatch(true, 6));
        assertThat(create(" BrokerMatch( eager ) ")).isEqualTo(new BrokerMatch(false, 3));
    }

    @Test
    void every_policy_can_be_made_from_its_name_alone() {
        for (String name : PolicyCatalogue.standard().names()) {
            assertThat(create(name).describe()).startsWith(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PowerOfNScheduler(2, 3, false, 4)",
                "BrokerMatch(eager, 3)",
                "BrokerMatch(lazy, 6)",
                "LeastLoadedSpill(4, 3)",
                "PowerOfNScheduler(2, 3, false, 4) faithful",
                "PowerOfNSchedulerTau(1, 2, true, 1, 10ms)",
                "PowerOfNSchedulerTau(1, 2, true, 1, 1.5s) faithful",
                "Prequal(0.84, 2)",
                "RandomSpill(3)",
                "LeastLoaded(2)",
                "SharedSubscription(1)",
                "ForwardScheduler(2)",
                "JoinIdleQueue(2)",
                "PullFromQueue",
                "NoScheduler",
                "RejectScheduler"
            })
    void what_a_policy_says_of_itself_makes_the_same_policy_again(String text) {
        assertThat(create(text).describe()).isEqualTo(text);
        assertThat(create(create(text).describe())).isEqualTo(create(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PowerOfNScheduler(0)|F|'0'|1 to 64",
                "PowerOfNScheduler(1,x)|T|'x'|a whole number",
                "PowerOfNScheduler(1,2,maybe)|loss|'maybe'|true or false",
                "BrokerMatch(sometimes)|membership|'sometimes'|eager, lazy",
                "ForwardScheduler(99)|maxHops|'99'|0 to 16",
                "PowerOfNSchedulerTau(1,2,true,1,soon)|tau|'soon'|10ms",
                "PowerOfNSchedulerTau(1,2,true,1,2m)|tau|'2m'|0s to 1m0s",
                "RoundRobinWithMasterScheduler(maybe)|master|'maybe'|auto, true, false",
                "RoundRobinWithMasterScheduler(false,10.0.0.1)|masterId|'10.0.0.1'|id of a node",
                "NoScheduler faithful|faithful|'NoScheduler'|PowerOfNScheduler, PowerOfNSchedulerTau",
                "JoinIdleQueue(0)|attempts|'0'|1 to 8",
                "Prequal(1.5)|quantile|'1.5'|0.0 to 1.0",
                "Prequal(NaN)|quantile|'NaN'|a number",
                "LeastLoadedSpill(4,)|attempts|''|a whole number"
            },
            quoteCharacter = '"')
    void a_bad_parameter_is_refused_with_name_value_and_range(String text, String name, String value, String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(text))
                .withMessageContaining(name)
                .withMessageContaining(value)
                .withMessageContaining(range);
    }

    @Test
    void parameters_beyond_those_that_a_policy_has_are_ignored_as_with_p2pfaas() {
        assertThat(create("NoScheduler(true, 1)")).isEqualTo(new NoScheduler(true));
        assertThat(create("RejectScheduler(1)")).isEqualTo(new RejectScheduler());
        assertThat(create("BrokerMatch(lazy, 4, 5)")).isEqualTo(new BrokerMatch(true, 4));
    }

    @Test
    void an_unknown_policy_is_refused_with_the_names_that_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create("Magic"))
                .withMessageContaining("Magic")
                .withMessageContaining("BrokerMatch");
    }

    @Test
    void a_spec_reads_what_it_writes() {
        assertThat(PolicySpec.parse(" A ( 1, b ) ")).isEqualTo(new PolicySpec("A", List.of("1", "b")));
        assertThat(PolicySpec.parse("A()")).isEqualTo(new PolicySpec("A", List.of()));
        assertThat(new PolicySpec("A", List.of("1", "b"))).hasToString("A(1, b)");
        assertThat(PolicySpec.parse("A(1) faithful")).isEqualTo(new PolicySpec("A", List.of("1"), true));
        assertThat(PolicySpec.parse("A faithful")).isEqualTo(new PolicySpec("A", List.of(), true));
        assertThat(PolicySpec.parse("A(1)  faithful ")).hasToString("A(1) faithful");
        assertThatIllegalArgumentException().isThrownBy(() -> PolicySpec.parse("A(1"));
    }
}

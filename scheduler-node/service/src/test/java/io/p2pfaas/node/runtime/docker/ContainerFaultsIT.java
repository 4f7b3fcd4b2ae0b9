package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.runtime.OutcomeProbe;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.TestImages;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions that misbehave: their callers hear why in time, they come back, and another function notices nothing. */
final class ContainerFaultsIT {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private ContainerRig rig;
    private ReplicatedRuntime good;
    private ReplicatedRuntime bad;

    @BeforeEach
    void deploy() {
        rig = new ContainerRig().begun();
        good = rig.deploy("good", TestImages.WEB, "");
        bad = rig.deploy("bad", TestImages.WEB, ",\"annotations\":{\"io.p2pfaas.concurrency\":\"1\"}");
        assertAnswers(good);
        assertAnswers(bad);
    }

    @AfterEach
    void end() {
        if (rig != null) {
            rig.close();
        }
    }

    private static void assertAnswers(ReplicatedRuntime runtime) {
        assertThat(ContainerRig.call(runtime, "/echo", "", 20 * SECOND).answer().status())
                .isEqualTo(200);
    }

    private static String detail(OutcomeProbe probe) {
        assertThat(probe.outcome()).isInstanceOf(Outcome.Broken.class);
        return ((Outcome.Broken) probe.outcome()).detail();
    }

    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "a container hangs",
            promise = "its caller pays the budget, nobody else anything")
    @Test
    void one_that_hangs_costs_its_caller_the_budget_and_nobody_else() {
        OutcomeProbe hanging = ContainerRig.call(bad, "/hang", "", SECOND);
        assertAnswers(good);

        assertThat(hanging.reason()).isEqualTo(Reason.EXPIRED_RUNNING);
        assertThat(hanging.outcome().executionNanos()).isBetween(SECOND, 2 * SECOND);
        assertAnswers(bad);
        assertAnswers(good);
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a container floods its log", promise = "it goes on; the log is bounded")
    @Test
    void one_that_floods_its_output_goes_on() {
        assertThat(ContainerRig.call(bad, "/log-flood", "", 5 * SECOND).outcome())
                .isInstanceOf(Outcome.Answered.class);
        assertAnswers(bad);
        assertAnswers(good);
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a container answers without end", promise = "the answer is cut off")
    @Test
    void one_that_answers_without_end_is_cut_off() {
        OutcomeProbe flooding = ContainerRig.call(bad, "/flood", "", 20 * SECOND);
        assertAnswers(good);

        assertThat(flooding.reason()).isEqualTo(Reason.ANSWER_TOO_LARGE);
        assertAnswers(bad);
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a container eats memory", promise = "it is killed and its caller told so")
    @Test
    void one_that_eats_memory_is_killed_and_its_caller_told_so() {
        OutcomeProbe eating = ContainerRig.call(bad, "/eat", "", 20 * SECOND);
        assertAnswers(good);

        assertThat(detail(eating))
                .isEqualTo("The function's container was killed: it used more than its 64 MiB of memory.");
        assertThat(eating.reason()).isEqualTo(Reason.FUNCTION_BROKEN);
        assertThat(rig.runtimes().counters().outOfMemory()).isPositive();
        assertAnswers(bad);
        assertAnswers(good);
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a container forks without end", promise = "it is bounded")
    @Test
    void one_that_forks_without_end_is_bounded() {
        OutcomeProbe forking = ContainerRig.call(bad, "/fork", "", 2 * SECOND);
        assertAnswers(good);
        forking.outcome();

        assertAnswers(good);
        assertAnswers(bad);
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "a container crashes during a call", promise = "it is replaced")
    @Test
    void one_that_ends_during_a_call_is_replaced() {
        OutcomeProbe ending = ContainerRig.call(bad, "/exit", "code=7", 20 * SECOND);

        assertThat(ending.reason()).isEqualTo(Reason.FUNCTION_BROKEN);
        assertThat(detail(ending)).startsWith("The function's container ended with exit code 7");
        assertThat(ending.outcome().executionNanos()).isLessThan(5 * SECOND);
        assertAnswers(bad);
        assertAnswers(good);
    }

    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "a container ends at once",
            promise = "callers are told with what code, and its last words")
    @Test
    void one_that_ends_at_once_says_with_what_code_and_its_last_words() {
        ReplicatedRuntime quitter = rig.deploy("quitter", TestImages.QUITTER, "");
        OutcomeProbe first = ContainerRig.call(quitter, "/echo", "", 20 * SECOND);

        assertThat(detail(first))
                .startsWith(
                        "The function's container ended at once with exit code 3. Its last line: this function ends at once.")
                .contains("It is tried again in ");
        assertThat(first.outcome().executionNanos()).isLessThan(5 * SECOND);
        assertThat(quitter.replicas().available()).isZero();
        assertAnswers(good);
    }

    @Test
    void one_that_takes_no_connections_is_given_up() {
        ReplicatedRuntime deaf = rig.deploy("deaf", TestImages.WEB, """
                ,"envVars":{"START_DELAY_MS":"60000"},"annotations":{"io.p2pfaas.start-timeout":"500ms"}""");

        assertThat(detail(ContainerRig.call(deaf, "/echo", "", 20 * SECOND)))
                .startsWith("The function's container did not take calls on port 8080 within 500 ms");
        assertAnswers(good);
    }

    @Test
    void one_whose_image_is_not_there_says_so() {
        ReplicatedRuntime absent = rig.deploy("absent", "p2pfaas-test/absent", "");

        assertThat(detail(ContainerRig.call(absent, "/echo", "", 20 * SECOND))).contains("p2pfaas-test/absent");
        assertThat(rig.runtimes()
                        .prepare(ContainerRig.definition("absent", "p2pfaas-test/absent", ""), text -> {})
                        .kind())
                .isEqualTo(Preparation.Kind.REFUSED);
    }
}

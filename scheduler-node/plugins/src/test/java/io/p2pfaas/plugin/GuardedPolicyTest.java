package io.p2pfaas.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PolicyFailure;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hang costs the node a moment, a few times, and never what it keeps. */
@Timeout(60)
final class GuardedPolicyTest {
    private static final Decision HERE = new Decision.RunHere(true);

    /** A plug-in's policy in one line. */
    private record Scripted(BiFunction<ClusterView, RandomGenerator, Decision> script) implements SchedulingPolicy {
        @Override
        public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
            return script.apply(cluster, random);
        }

        @Override
        public String describe() {
            return "Scripted";
        }
    }

    private static GuardedPolicy guarded(BiFunction<ClusterView, RandomGenerator, Decision> script) {
        return new GuardedPolicy(new ProvidedPolicy(new Scripted(script)));
    }

    private static Decision ask(SchedulingPolicy policy) {
        return policy.decide(new Views.OfCall(), new Views.OfCluster(), new SplittableRandom(1));
    }

    private static PolicyFailure failure(SchedulingPolicy policy) {
        return catchThrowableOfType(PolicyFailure.class, () -> ask(policy));
    }

    /** Waits as long as it must, whoever interrupts. */
    private static Decision hangUntil(CountDownLatch end) {
        while (true) {
            try {
                end.await();
                return HERE;
            } catch (InterruptedException ignored) {
                // As code does that computes.
            }
        }
    }

    @Test
    void a_decision_is_made_on_another_thread_with_what_the_node_shows() {
        AtomicReference<String> thread = new AtomicReference<>("");
        GuardedPolicy policy = guarded((cluster, random) -> {
            thread.set(Thread.currentThread().getName());
            return new Decision.Forward(cluster.drawLive(1, random).get(0).id());
        });

        assertThat(ask(policy)).isEqualTo(new Decision.Forward(Views.PEER));
        assertThat(thread.get()).isEqualTo("plugin-Scripted");
        assertThat(policy.describe()).isEqualTo("Scripted");
        assertThat(policy.needs()).isEqualTo(SchedulingPolicy.Needs.NOTHING);
    }

    @Test
    void what_it_throws_is_a_failure_with_its_cause_and_no_answer_is_one_too() {
        GuardedPolicy throwing = guarded((cluster, random) -> {
            throw new StackOverflowError();
        });
        GuardedPolicy silent = guarded((cluster, random) -> null);

        assertThat(failure(throwing).fault()).isEqualTo(PolicyFault.THREW);
        assertThat(failure(throwing)).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(failure(silent).fault()).isEqualTo(PolicyFault.NO_DECISION);
    }

    @Test
    void a_hang_ends_the_question_and_shows_nothing_more_and_until_it_is_over_nobody_is_asked() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        AtomicReference<Throwable> look = new AtomicReference<>();
        AtomicReference<Throwable> chance = new AtomicReference<>();
        GuardedPolicy policy = guarded((cluster, random) -> {
            if (end.getCount() == 0) {
                return HERE;
            }
            hangUntil(end);
            look.set(catchThrowableOfType(IllegalStateException.class, () -> cluster.drawLive(1, random)));
            chance.set(catchThrowableOfType(IllegalStateException.class, random::nextInt));
            looked.countDown();
            return HERE;
        });

        assertThat(failure(policy).fault()).isEqualTo(PolicyFault.TOO_SLOW);
        assertThat(failure(policy).fault()).isEqualTo(PolicyFault.STILL_BUSY);
        assertThat(failure(policy).fault()).isEqualTo(PolicyFault.STILL_BUSY);
        end.countDown();
        assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(look.get()).hasMessageContaining("valid only during decide");
        assertThat(chance.get()).isNotNull();
        assertThat(comesBack(policy)).isEqualTo(HERE);
    }

    /** The thread has answered, but is perhaps not yet free for the next question. */
    private static Decision comesBack(SchedulingPolicy policy) {
        while (true) {
            try {
                return ask(policy);
            } catch (PolicyFailure failure) {
                assertThat(failure.fault()).isEqualTo(PolicyFault.STILL_BUSY);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void sleep_is_interrupted_and_after_three_strikes_it_is_out() {
        GuardedPolicy policy = guarded((cluster, random) -> {
            try {
                TimeUnit.HOURS.sleep(1);
            } catch (InterruptedException ignored) {
                // Back to work.
            }
            return HERE;
        });

        for (int i = 0; i < GuardedPolicy.STRIKES; i++) {
            assertThat(tooSlow(policy)).isEqualTo(PolicyFault.TOO_SLOW);
        }

        assertThat(failure(policy).fault()).isEqualTo(PolicyFault.SHUT_OUT);
        assertThat(failure(policy)).hasMessageContaining("configured anew");
    }

    private static PolicyFault tooSlow(SchedulingPolicy policy) {
        PolicyFault fault = failure(policy).fault();
        while (fault == PolicyFault.STILL_BUSY) {
            Thread.onSpinWait();
            fault = failure(policy).fault();
        }
        return fault;
    }

    @Test
    void an_interrupt_of_the_nodes_thread_is_kept_and_is_no_fault() {
        GuardedPolicy policy = guarded((cluster, random) -> HERE);
        Thread.currentThread().interrupt();

        Decision decision = ask(policy);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(decision).isEqualTo(HERE);
    }

    @Test
    void what_was_shown_is_closed_after_a_good_answer_too() {
        List<ClusterView> kept = new ArrayList<>();
        SchedulingPolicy keeping = new ProvidedPolicy(new Scripted((cluster, random) -> {
            kept.add(cluster);
            return HERE;
        }));

        ask(keeping);

        assertThatIllegalStateException().isThrownBy(() -> kept.get(0).own());
        ask(new GuardedPolicy((ProvidedPolicy) keeping));
        assertThatIllegalStateException().isThrownBy(() -> kept.get(1).peer(Views.PEER));
    }

    @Test
    void peers_are_drawn_with_the_nodes_chance_and_no_code_of_the_plugin() {
        GuardedPolicy policy = guarded((cluster, random) -> {
            cluster.drawLive(1, () -> {
                throw new IllegalStateException("code of the plug-in");
            });
            return HERE;
        });

        assertThat(ask(policy)).isEqualTo(HERE);
    }

    /** A policy that wants to hear how calls ended. */
    private record Hearing(AtomicReference<EndState> heard) implements SchedulingPolicy {
        @Override
        public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
            return HERE;
        }

        @Override
        public void ended(CallView call, EndState state, ClusterView cluster) {
            heard.set(state);
            // Not while nothing is to be decided: this throws.
            cluster.drawLive(1, new SplittableRandom(1));
        }

        @Override
        public String describe() {
            return "Hearing";
        }
    }

    @Test
    void a_policy_hears_how_calls_ended_and_what_it_throws_then_is_a_fault_of_its_own() {
        AtomicReference<EndState> heard = new AtomicReference<>();
        GuardedPolicy policy = new GuardedPolicy(new ProvidedPolicy(new Hearing(heard)));

        PolicyFailure failure = catchThrowableOfType(
                PolicyFailure.class, () -> policy.ended(new Views.OfCall(), EndState.DONE, new Views.OfCluster()));

        assertThat(heard).hasValue(EndState.DONE);
        assertThat(failure.fault()).isEqualTo(PolicyFault.THREW);
        assertThat(failure).hasRootCauseMessage("peers are drawn to decide about a call, and this one has ended");
        assertThat(ask(policy)).isEqualTo(HERE);
    }

    @Test
    void a_policy_that_does_not_want_to_hear_is_not_asked_for_it() {
        ProvidedPolicy policy = new ProvidedPolicy(new Scripted((cluster, random) -> HERE));
        assertThat(policy.hearsEnds()).isFalse();
    }
}

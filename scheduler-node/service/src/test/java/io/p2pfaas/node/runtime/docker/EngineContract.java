package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.runtime.docker.Engine.Found;
import io.p2pfaas.node.runtime.docker.Engine.Lines;
import io.p2pfaas.node.runtime.docker.Engine.State;
import io.p2pfaas.node.runtime.docker.Engine.Watcher;
import io.p2pfaas.node.runtime.docker.EngineException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every engine does, the real one and the fake. */
abstract class EngineContract {
    private static final String LABEL = "io.p2pfaas.test.contract";
    private static final int PATIENCE_SECONDS = 30;

    /** Tests share an engine, perhaps with others: each has its own names. */
    private final String mark = "contract-" + UUID.randomUUID().toString().substring(0, 8);

    private final String network = mark + "-net";
    private final List<LogStream> open = new ArrayList<>();

    /** The engine under test, always the same within a test. */
    abstract Engine engine();

    /** An image that is there. It runs until it is ended and begins with writing the line {@code listening}. */
    abstract String runningImage();

    /** An image that is there. It writes the line {@code this function ends at once} and ends with code 3. */
    abstract String endingImage();

    @AfterEach
    void removeWhatIsLeft() throws EngineException {
        open.forEach(LogStream::close);
        for (Found found : engine().list(LABEL, mark)) {
            engine().remove(found.id());
        }
        for (String name : engine().networks(LABEL, mark)) {
            engine().removeNetwork(name);
        }
    }

    @Test
    void a_created_container_does_not_run_yet() throws EngineException {
        String id = create(runningImage());

        Found found = engine().inspect(id).orElseThrow();
        assertThat(found.id()).isEqualTo(id);
        assertThat(found.name()).isEqualTo(mark + "-1");
        assertThat(found.state()).isEqualTo(State.CREATED);
        assertThat(found.address()).isEmpty();
        assertThat(found.labels()).containsEntry(LABEL, mark);
        assertThat(found.imageId()).isEqualTo(engine().requireImage(runningImage(), EngineContract::unexpected));
    }

    @Test
    void a_started_container_runs_and_has_an_address() throws EngineException {
        String id = create(runningImage());
        String address = engine().start(id);

        Found found = engine().inspect(id).orElseThrow();
        assertThat(found.state()).isEqualTo(State.RUNNING);
        assertThat(address).matches("\\d+(\\.\\d+){3}").isEqualTo(found.address());
        assertThat(found.exitCode()).isZero();
    }

    @Test
    void starting_a_container_that_runs_changes_nothing() throws EngineException {
        String id = create(runningImage());

        assertThat(engine().start(id)).isEqualTo(engine().start(id));
    }

    @Test
    void a_paused_container_keeps_its_address() throws EngineException {
        String id = create(runningImage());
        String address = engine().start(id);

        engine().pause(id);
        assertThat(engine().inspect(id).map(Found::state)).hasValue(State.PAUSED);
        assertThat(engine().inspect(id).map(Found::address)).hasValue(address);
        engine().unpause(id);
        assertThat(engine().inspect(id).map(Found::state)).hasValue(State.RUNNING);
        assertThat(engine().inspect(id).map(Found::address)).hasValue(address);
    }

    @Test
    void a_removed_container_is_not_there() throws EngineException {
        String running = create(runningImage());
        engine().start(running);
        engine().remove(running);

        assertThat(engine().inspect(running)).isEmpty();
        assertThat(engine().list(LABEL, mark)).isEmpty();
    }

    @Test
    void a_paused_container_can_be_removed() throws EngineException {
        String paused = create(runningImage());
        engine().start(paused);
        engine().pause(paused);
        engine().remove(paused);

        assertThat(engine().inspect(paused)).isEmpty();
    }

    @Test
    void what_is_not_there_can_be_removed_but_not_used() throws EngineException {
        String absent = mark + "-absent";
        engine().remove(absent);
        engine().removeNetwork(absent);

        assertThat(engine().inspect(absent)).isEmpty();
        assertThat(kindOf(() -> engine().start(absent))).isEqualTo(Kind.ABSENT);
        assertThat(kindOf(() -> engine().pause(absent))).isEqualTo(Kind.ABSENT);
        assertThat(kindOf(() -> engine().unpause(absent))).isEqualTo(Kind.ABSENT);
        assertThat(kindOf(() -> engine().logs(absent, OptionalInt.empty(), null, false, new Heard())))
                .isEqualTo(Kind.ABSENT);
    }

    @Test
    void a_container_that_does_not_run_cannot_be_paused() throws EngineException {
        String id = create(runningImage());

        assertThat(kindOf(() -> engine().pause(id))).isNotEqualTo(Kind.UNREACHABLE);
        assertThat(engine().inspect(id).map(Found::state)).hasValue(State.CREATED);
    }

    @Test
    void a_name_is_given_once() throws EngineException {
        create(runningImage());

        EngineException refused = failure(() -> create(runningImage()));
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining(mark + "-1");
    }

    @Test
    void an_image_that_is_not_there_is_named() {
        String absent = "p2pfaas-test/" + mark;

        EngineException none = failure(() -> create(absent));
        assertThat(none.kind()).isEqualTo(Kind.ABSENT);
        assertThat(none).hasMessageContaining(absent);
        EngineException unfetched = failure(() -> engine().requireImage(absent, line -> {}));
        assertThat(unfetched.kind()).isEqualTo(Kind.ABSENT);
        assertThat(unfetched).hasMessageContaining(absent);
    }

    @Test
    void containers_are_found_by_label() throws EngineException {
        String first = create(runningImage(), 1);
        String second = create(runningImage(), 2);
        engine().start(second);

        assertThat(engine().list(LABEL, mark)).extracting(Found::id).containsExactlyInAnyOrder(first, second);
        assertThat(engine().list(LABEL, mark + "x")).isEmpty();
        assertThat(engine().list(LABEL + "x", mark)).isEmpty();
    }

    @Test
    void a_network_is_made_once() throws EngineException {
        engine().requireNetwork(network, true, labels());
        engine().requireNetwork(network, true, labels());

        assertThat(engine().networks(LABEL, mark)).containsExactly(network);
        engine().removeNetwork(network);
        assertThat(engine().networks(LABEL, mark)).isEmpty();
    }

    @Test
    void a_network_never_becomes_less_closed() throws EngineException {
        engine().requireNetwork(network, false, labels());

        EngineException refused = failure(() -> engine().requireNetwork(network, true, labels()));
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining(network);
    }

    @Test
    void a_network_in_use_stays() throws EngineException {
        String id = create(runningImage());
        engine().start(id);
        engine().removeNetwork(network);

        assertThat(engine().networks(LABEL, mark)).containsExactly(network);
    }

    @Test
    void a_watcher_hears_that_a_container_ended_and_how() throws Exception {
        Heard heard = watch(mark);
        String id = create(endingImage());
        startOrMissIt(id);

        assertThat(heard.next()).isEqualTo("died " + id + " 3");
        Found ended = engine().inspect(id).orElseThrow();
        assertThat(ended.state()).isEqualTo(State.GONE);
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.address()).isEmpty();
        assertThat(ended.outOfMemory()).isFalse();
    }

    @Test
    void a_watcher_hears_of_containers_that_somebody_ended() throws Exception {
        Heard heard = watch(mark);
        String id = create(runningImage());
        engine().start(id);
        engine().remove(id);

        assertThat(heard.next()).startsWith("died " + id);
    }

    @Test
    void a_watcher_hears_nothing_of_others_and_nothing_after_it_was_closed() throws Exception {
        Heard others = watch(mark + "x");
        Heard heard = watch(mark);
        Heard former = new Heard();
        engine().watch(LABEL, mark, former).close();
        String id = create(endingImage());
        startOrMissIt(id);

        assertThat(heard.next()).startsWith("died " + id);
        assertThat(others.all()).isEmpty();
        assertThat(former.all()).isEmpty();
    }

    @Test
    void a_log_is_told_from_the_beginning_to_the_end() throws Exception {
        Instant before = Instant.now();
        String id = ended();
        Heard heard = new Heard();
        engine().logs(id, OptionalInt.empty(), null, true, heard);

        assertThat(heard.next()).isEqualTo("this function ends at once");
        assertThat(heard.next()).isEqualTo("ended");
        assertThat(heard.timestamps.get(0))
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    }

    @Test
    void a_log_can_be_told_from_its_end_and_from_a_time_on() throws Exception {
        String id = ended();
        Heard none = new Heard();
        engine().logs(id, OptionalInt.of(0), null, false, none);
        assertThat(none.next()).isEqualTo("ended");
        Heard last = new Heard();
        engine().logs(id, OptionalInt.of(1), Instant.now().minusSeconds(60), false, last);
        assertThat(last.next()).isEqualTo("this function ends at once");
        assertThat(last.next()).isEqualTo("ended");
        Heard later = new Heard();
        engine().logs(id, OptionalInt.empty(), last.timestamps.get(0).plusNanos(1), false, later);
        assertThat(later.next()).isEqualTo("ended");
    }

    @Test
    void a_followed_log_ends_with_its_container() throws Exception {
        String id = create(runningImage());
        engine().start(id);
        Heard heard = new Heard();
        engine().logs(id, OptionalInt.empty(), null, true, heard);

        assertThat(heard.next()).isEqualTo("listening");
        engine().remove(id);
        assertThat(heard.next()).isEqualTo("ended");
    }

    @Test
    void a_log_that_was_closed_tells_nothing_more() throws Exception {
        String id = create(runningImage());
        engine().start(id);
        Heard closed = new Heard();
        Heard enough = new Heard(line -> false);
        Heard heard = new Heard();
        var log = engine().logs(id, OptionalInt.empty(), null, true, closed);
        engine().logs(id, OptionalInt.empty(), null, true, enough);
        engine().logs(id, OptionalInt.empty(), null, true, heard);
        assertThat(closed.next()).isEqualTo("listening");
        assertThat(enough.next()).isEqualTo("listening");
        assertThat(heard.next()).isEqualTo("listening");
        log.close();
        log.close();
        engine().remove(id);

        assertThat(heard.next()).isEqualTo("ended");
        assertThat(closed.all()).isEmpty();
        assertThat(enough.all()).isEmpty();
    }

    @Test
    void an_engine_that_answers_is_there() {
        assertThat(engine().isThere()).isTrue();
    }

    /** A container that ended by itself. */
    private String ended() throws Exception {
        Heard heard = watch(mark);
        String id = create(endingImage());
        startOrMissIt(id);
        heard.next();
        return id;
    }

    private Heard watch(String value) throws EngineException {
        Heard heard = new Heard();
        open.add(engine().watch(LABEL, value, heard));
        return heard;
    }

    /** A program that ends at once may have ended before the engine has told its address. */
    private void startOrMissIt(String id) {
        try {
            engine().start(id);
        } catch (EngineException missed) {
            assertThat(missed).hasMessageContaining("exit code 3");
        }
    }

    private String create(String image) throws EngineException {
        return create(image, 1);
    }

    private String create(String image, int number) throws EngineException {
        engine().requireNetwork(network, true, labels());
        return engine().create(plan(image, number));
    }

    private ContainerPlan plan(String image, int number) {
        return new ContainerPlan(
                mark + "-" + number,
                image,
                labels(),
                List.of("NAME=value"),
                network,
                64L << 20,
                500_000_000L,
                64,
                true,
                16L << 20,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private Map<String, String> labels() {
        return Map.of(LABEL, mark);
    }

    private static void unexpected(String progress) {
        throw new AssertionError("an image that is here was fetched: " + progress);
    }

    private static Kind kindOf(ThrowingCallable call) {
        return failure(call).kind();
    }

    private static EngineException failure(ThrowingCallable call) {
        EngineException failure = catchThrowableOfType(EngineException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    /** Remembers what it is told. */
    private static final class Heard implements Watcher, Lines {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final List<Instant> timestamps = new ArrayList<>();
        private final Predicate<String> wantsMore;

        private Heard() {
            this(line -> true);
        }

        private Heard(Predicate<String> wantsMore) {
            this.wantsMore = wantsMore;
        }

        private String next() throws InterruptedException {
            String next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("what is heard within %s s", PATIENCE_SECONDS).isNotNull();
            return next;
        }

        private List<String> all() {
            return List.copyOf(told);
        }

        @Override
        public void died(String id, int exitCode) {
            told.add("died " + id + " " + exitCode);
        }

        @Override
        public void outOfMemory(String id) {
            told.add("out of memory " + id);
        }

        @Override
        public void lost() {
            told.add("lost");
        }

        @Override
        public boolean line(Instant timestamp, String text) {
            timestamps.add(timestamp);
            told.add(text);
            return wantsMore.test(text);
        }

        @Override
        public void ended() {
            told.add("ended");
        }
    }
}

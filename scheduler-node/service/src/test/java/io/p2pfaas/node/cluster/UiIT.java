package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** {@code /ui} of a cluster of three, in a browser: what its reader sees when something happens, and what is done there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UiIT {
    private UiScene scene;
    private Chromium browser;
    private UiPage page;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        browser = Chromium.startOrSkip();
        scene = UiScene.startOrSkip(folder);
        page = new UiPage(browser);
    }

    @AfterAll
    void stop() {
        if (scene != null) {
            scene.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        scene.complete();
        browser.size(Chromium.Screen.DESKTOP);
        browser.dark(false);
        page.open(scene.node("n1"));
        page.until(
                "all nodes report", "['n1', 'n2', 'n3'].every(id => row(id) && !row(id).hasAttribute('data-stale'))");
    }

    @AfterEach
    void nothing_was_complained_of_and_nobody_else_was_asked() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.asked().stream().filter(Chromium.Asked::isOfAnotherOrigin))
                .isEmpty();
    }

    @Test
    void a_burst_raises_the_figures_and_its_forwards_are_in_the_matrix() {
        List<CompletableFuture<Reply>> calls = scene.burst("n1", 100);

        page.until("calls are offered", "figure('offered') > 1");
        page.until("it is said how many were done", "figure('share') > 0 && figure('latency') > 0");
        page.until(
                "the forwards of n1 are in the matrix",
                "all('#matrix-rows tr[data-node=n1] td b').some(count => parseInt(count.textContent) > 0)");
        page.until("the row of n1 has its forwards", "parseInt(cell('n1', 'out').textContent) > 0");
        page.until("its peers' rows have them", "['n2', 'n3'].some(id => parseInt(cell(id, 'in').textContent) > 0)");
        page.until("the function's rate is told", "parseFloat(said('#function-rows tr[data-function=nap] .n')) > 0");
        page.until("the chart of calls rises", "one('#chart-grid path.s-done').getBBox().height > 5");
        page.until(
                "slow calls have their way", "all('#slow-rows .path').some(path => path.textContent.startsWith('n1'))");
        calls.forEach(call -> assertThat(Await.of(call).status()).isEqualTo(200));
        page.pictures("burst");
    }

    @Test
    void a_policy_is_changed_on_the_page_and_seen_to_differ() {
        page.until("the policy in force is told", "said('#policy-now').includes('now BrokerMatch')");
        page.write("#token", scene.token());
        page.write("#policy-name", "NoScheduler");
        browser.press(Keys.TAB);
        page.until("its usual parameters are there", "one('#policy-parameters').value === 'false'");

        page.click("#policy-form button");
        page.until("it is asked first", "one('#confirm').open");
        assertThat(page.read("said('#confirm-words')")).contains("From BrokerMatch", "to NoScheduler(false)");
        page.click("#confirm-no");
        page.until("the question is gone", "!one('#confirm').open");
        assertThat(page.read("said('#policy-result')")).isEmpty();

        page.confirm("#policy-form button");
        page.until("the change is told", "one('#policy-result').dataset.tone === 'good'");
        page.until("the row of n1 differs", "cell('n1', 'differs').textContent.includes('scheduler')");
        page.until("the nodes' heading says it", "said('#nodes-policy').includes('policies differ')");
        page.until(
                "it is among what to look at", "/scheduler differs: n1/.test(said('#findings li[data-level=look]'))");
        page.until(
                "it is an event",
                "all('#event-rows li[data-kind=policy]').some(e => /NoScheduler/.test(e.textContent))");
        page.pictures("policy");

        page.choosePolicy("BrokerMatch", "lazy, 6");
        page.confirm("#policy-form button");
        page.until("no node differs", "all('#node-rows .c-differs .chip').length === 0");
    }

    @Test
    void a_function_is_called_over_http_and_its_time_is_drawn() {
        page.call("echo", "http", "", "what I sent");
        assertThat(page.read("said('#try-status')")).startsWith("● 200");
        assertThat(page.read("said('#try-output')")).isEqualTo("what I sent");

        page.call("nap", "http", "X-P2pfaas-Scheduler-Forward", "");
        assertThat(page.read("said('#try-status')")).startsWith("● 200");
        assertThat(page.read("said('#try-parts .figures')")).containsPattern("pathn1 → n[23]");
        assertDrawn("run");
        assertDrawn("forward");
        page.pictures("invoke");
    }

    @Test
    void a_function_is_called_over_mqtt_and_its_time_is_drawn() {
        page.call("echo", "mqtt", "", "what I sent");
        assertThat(page.read("said('#try-status')")).startsWith("● 200");
        assertThat(page.read("said('#try-output')")).isEqualTo("what I sent");

        page.call("nap", "mqtt", "", "");
        assertThat(page.read("said('#try-status')")).startsWith("● 200");
        assertDrawn("run");
    }

    private void assertDrawn(String part) {
        assertThat(page.read("one('#try-parts .parts .p-" + part + "').getBoundingClientRect().width > 0"))
                .as(part)
                .isEqualTo("true");
    }

    @Test
    void without_a_token_nothing_is_changed_and_it_is_said() {
        page.choosePolicy("RejectScheduler", "");
        page.confirm("#policy-form button");
        page.until("it is refused", "one('#policy-result').dataset.tone === 'bad'");
        assertThat(page.read("said('#policy-result')")).contains("Nothing changed: the node wants a token (401)");
        assertThat(page.read("document.activeElement.id")).isEqualTo("token");

        page.write("#token", "wrong");
        page.confirm("#drain-form button");
        page.until("it is refused", "one('#drain-result').dataset.tone === 'bad'");
        assertThat(page.read("said('#drain-result')")).contains("Nothing changed");

        page.until("n1 is as it was", "row('n1').dataset.state === 'online' && !/Reject/.test(said('#policy-now'))");
        assertThat(browser.complaints()).hasSize(2).allMatch(one -> one.contains("status of 401"));
    }

    @Test
    void a_killed_node_turns_grey_and_is_told_as_lost_here_and_on_its_own_page() {
        String first = browser.window();
        browser.openBeside(scene.node("n3").url() + "/ui");
        page.until("the page of n3 is live", "one('#way').dataset.way === 'live'");
        scene.node("n3").kill();
        page.until("the page says that its node is gone", "shown('#old') && one('#way').dataset.way === 'none'");
        assertThat(page.read("said('#old')")).contains("n3 has not been heard since");
        assertThat(page.read("said('#findings')")).contains("No news from n3");
        assertThat(browser.complaints()).allMatch(one -> one.contains("net::ERR_"));
        browser.closeFor(first);

        page.until("n3 is lost", "row('n3').dataset.state === 'lost' && row('n3').hasAttribute('data-stale')");
        page.until("it does not count", "said('[data-figure=ready] .value') === '2 / 3'");
        page.until("it is what to act on", "/n3 is gone/.test(said('#findings li[data-level=bad]'))");
        page.until("it is an event", "all('#event-rows li[data-kind=peer_lost]').some(e => /n3/.test(e.textContent))");
        assertThat(page.read("cell('n3', 'slots').hasAttribute('data-stale') + ' ' + cell('n3', 'out').textContent"))
                .isEqualTo("true –");
        assertThat(page.read("getComputedStyle(cell('n3', 'up')).fontStyle")).isEqualTo("italic");
        page.pictures("lost");
    }

    @Test
    void a_node_that_leaves_is_told_as_such() {
        assertThat(scene.drain("n3").status()).isEqualTo(202);
        page.until("n3 has left", "row('n3').dataset.state === 'left' && row('n3').hasAttribute('data-stale')");
        page.until("it is not counted any more", "said('[data-figure=ready] .value') === '2 / 2'");
        page.until("nothing is to be done for it", "/n3 has left/.test(said('#findings li[data-level=note]'))");
        page.until("it is an event", "all('#event-rows li[data-kind=peer_left]').some(e => /n3/.test(e.textContent))");
        assertThat(scene.node("n3").exitCode()).isZero();
    }

    @Test
    void a_page_whose_node_stands_still_says_so_and_shows_nothing_as_current() {
        scene.node("n1").freeze();
        try {
            page.until("the page is grey", "document.body.hasAttribute('data-stale') && shown('#old')");
            assertThat(page.read("said('#old')")).contains("n1 has not been heard since");
            page.until("the way is gone", "one('#way').dataset.way === 'none'");
            page.until("no row is current", "all('#node-rows tr').every(row => row.hasAttribute('data-stale'))");
            assertThat(page.read("getComputedStyle(one('[data-figure=offered] b')).color"
                            + " === getComputedStyle(one('[data-figure=offered] dt')).color"))
                    .as("a figure has the colour of ink")
                    .isEqualTo("false");
            page.picture("frozen");
        } finally {
            scene.node("n1").thaw();
        }
        page.until("the page is live again", "one('#way').dataset.way === 'live' && !shown('#old')");
        page.until("so are the rows", "all('#node-rows tr').every(row => !row.hasAttribute('data-stale'))");
    }

    @Test
    void a_browser_without_events_asks() {
        String removal = browser.beforeEachPage("delete window.EventSource");
        page.load(scene.node("n1"));
        page.until("the page asks", "one('#way').dataset.way === 'polling' && shown('#node-rows')");
        assertThat(page.read("typeof EventSource")).isEqualTo("undefined");
        List<CompletableFuture<Reply>> calls = scene.burst("n1", 20);
        page.until("it shows what happens", "parseFloat(said('#function-rows tr[data-function=nap] .n')) > 0");
        calls.forEach(call -> assertThat(Await.of(call).status()).isEqualTo(200));
        browser.withdraw(removal);
    }

    @Test
    void without_script_the_nodes_can_be_read() {
        browser.scripts(false);
        try {
            page.load(scene.node("n1"));
            assertThat(page.read("document.body.innerText"))
                    .contains("Node n1: 3 of 3 nodes online, broker link up")
                    .contains("Without JavaScript")
                    .containsPattern("n3\\s+online\\s+\\d of 2\\s+\\d+ of 60")
                    .doesNotContain("Try it");
            page.picture("noscript");
        } finally {
            browser.scripts(true);
        }
    }

    @Test
    void everything_can_be_reached_with_the_tab_key_and_a_question_is_left_with_escape() {
        Set<String> reached = new LinkedHashSet<>();
        for (int tabs = 0; tabs < 120 && !reached.contains("drain"); tabs++) {
            browser.press(Keys.TAB);
            String stop = page.read("(e => (e.id || e.form?.id?.replace('-form', '') || e.textContent.trim())"
                    + " + ', ' + getComputedStyle(e).outlineStyle)(document.activeElement)");
            assertThat(stop).as("a stop whose focus is seen").endsWith(", solid");
            reached.add(stop.replace(", solid", ""));
        }
        assertThat(reached)
                .contains("Skip to what to do", "theme", "Try it", "n2", "chart-node", "try-function", "try-body")
                .contains("try-send", "token", "policy-name", "policy-parameters", "policy", "scale-replicas", "drain");

        browser.press(Keys.ENTER);
        page.until("it is asked, and no is at hand", "document.activeElement.id === 'confirm-no'");
        browser.press(Keys.ESCAPE);
        page.until("the focus is where it was", "document.activeElement.form?.id === 'drain-form'");
        assertThat(page.read("said('#drain-result')")).isEmpty();
    }

    @Test
    void it_fits_on_each_screen() {
        page.write("#policy-name", "PowerOfNScheduler");
        for (Chromium.Screen screen : Chromium.Screen.values()) {
            browser.size(screen);
            for (boolean dark : new boolean[] {false, true}) {
                browser.dark(dark);
                page.settle();
                page.assertFits(screen);
            }
            browser.dark(false);
        }
    }
}

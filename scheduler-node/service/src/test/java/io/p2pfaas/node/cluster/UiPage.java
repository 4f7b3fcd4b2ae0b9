package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.openqa.selenium.Keys;

/** {@code /ui} of a node, as its reader uses it. Conditions are expressions of JavaScript over what is shown. */
final class UiPage {
    /** What conditions are written with. */
    private static final String WORDS = """
            const one = css => document.querySelector(css);
            const all = css => [...document.querySelectorAll(css)];
            const said = css => one(css)?.textContent ?? '';
            const row = id => one(`#node-rows tr[data-node="${id}"]`);
            const cell = (id, name) => row(id)?.querySelector(`.c-${name}`);
            const figure = name => parseFloat(said(`[data-figure="${name}"] .value b`).replace(',', ''));
            const shown = css => one(css)?.checkVisibility() ?? false;
            """;

    /** Looked at where the page is, since each question from outside costs the browser more than the look does. */
    private static final String LOOK = """
            return new Promise(tell => {
              const end = performance.now() + 500;
              const look = () => {
                const holds = Boolean(condition());
                if (holds || performance.now() > end) tell(holds); else setTimeout(look, 20);
              };
              look();
            });
            """;

    private static final Path PICTURES = Path.of("target", "ui-shots");

    private final Chromium browser;

    UiPage(Chromium browser) {
        this.browser = browser;
    }

    /** Loads it, and returns when it is live. */
    void open(NodeProcess node) {
        load(node);
        until("the page is live", "one('#way').dataset.way === 'live' && shown('#node-rows')");
    }

    /** Loads it, and lets it come as it may. */
    void load(NodeProcess node) {
        browser.open(node.url() + "/ui");
    }

    /** Waits until a condition holds. */
    void until(String what, String condition) {
        until(what, condition, Await.PATIENCE);
    }

    /** The same with another patience. */
    void until(String what, String condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        String script = WORDS + "const condition = () => " + condition + ";" + LOOK;
        while (!Boolean.TRUE.equals(browser.run(script))) {
            if (System.nanoTime() > end) {
                picture("failed");
                throw new AssertionError("waited " + patience.toSeconds() + " s in vain: " + what + " (" + condition
                        + "). The page says:\n" + read("document.body.innerText"));
            }
        }
    }

    /** The text that an expression gives. */
    String read(String expression) {
        return String.valueOf(browser.run(WORDS + "return " + expression));
    }

    void click(String css) {
        browser.element(css).click();
    }

    /** Replaces what a field has. */
    void write(String css, String text) {
        // As by hand: some fields get their usual text when one comes to them.
        browser.element(css).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
    }

    /** Presses a button that asks, and agrees. */
    void confirm(String button) {
        click(button);
        until("it is asked for a confirmation", "one('#confirm').open && shown('#confirm-yes')");
        click("#confirm-yes");
        until("the question is gone", "!one('#confirm').open");
    }

    /** Chooses a policy in the form, without pressing its button. */
    void choosePolicy(String name, String parameters) {
        write("#policy-name", name);
        write("#policy-parameters", parameters);
    }

    /** Calls a function with the form, which asks unless it was told not to. */
    void call(String function, String way, String where, String body) {
        Object unused = browser.run(
                "document.querySelector('#try-function').value = arguments[0];"
                        + "document.querySelector('#try-where').value = arguments[1];",
                function,
                where);
        click("input[name=way][value=" + way + "]");
        write("#try-body", body);
        confirm("#try-send");
        until("the call has ended", "one('#try-cancel').hidden && !/called …/.test(said('#try-status'))");
    }

    /** A picture of the whole page as it is now. */
    void picture(String name) {
        browser.picture(PICTURES.resolve(name + ".png"));
    }

    /** Pictures of the whole page, of all screens and both themes. */
    void pictures(String name) {
        for (Chromium.Screen screen : new Chromium.Screen[] {Chromium.Screen.DESKTOP, Chromium.Screen.PHONE}) {
            for (String theme : new String[] {"light", "dark"}) {
                browser.size(screen);
                browser.dark(theme.equals("dark"));
                settle();
                picture(name + "-" + screen.name().toLowerCase(Locale.ROOT) + "-" + theme);
            }
        }
        browser.size(Chromium.Screen.DESKTOP);
        browser.dark(false);
    }

    /** Goes to the top, and lets what changes with the size of the page be drawn. */
    void settle() {
        Object unused = browser.run("scrollTo(0, 0);"
                + "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /** Nothing is wider than the screen but what scrolls in a box of its own. */
    void assertFits(Chromium.Screen screen) {
        assertThat(read("document.documentElement.scrollWidth + ' of ' + document.documentElement.clientWidth"))
                .as("width of the page")
                .isEqualTo(screen.width + " of " + screen.width);
    }
}

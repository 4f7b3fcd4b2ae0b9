package io.p2pfaas.node.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.p2pfaas.node.testing.Tool;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of Debian's package, without a screen, and what it complains of and asks for. For one thread. */
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A container network that comes or goes on this machine ends loads that are under way. */
    private static final String NETWORK_CHANGED = "ERR_NETWORK_CHANGED";

    private static final int MOST_LOADS = 5;

    private final ChromeDriver driver;
    private final List<String> console = new ArrayList<>();

    /** A request of a page. */
    record Asked(String page, String url) {
        boolean isOfAnotherOrigin() {
            return !url.startsWith("data:") && !origin(url).equals(origin(page));
        }

        private static String origin(String url) {
            URI uri = URI.create(url);
            return uri.getScheme() + "://" + uri.getAuthority();
        }
    }

    /** What a page is shown on. */
    enum Screen {
        DESKTOP(1280, 900),
        SMALL(1024, 768),
        PHONE(390, 844);

        final int width;
        final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one, or skips the calling test if there is no Chromium; with CI=true that is a failure. */
    static Chromium startOrSkip() {
        Tool.needOrSkip("chromium", "chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(onPath("chromium"));
        options.addArguments(
                "--headless=new",
                // CI runs as root, where there is no sandbox; the pages are our own.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--lang=en",
                // Nothing of what it asks for by itself leaves this machine.
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        // With its path given, Selenium looks for no driver, and loads none from elsewhere.
        ChromeDriverService service = ChromeDriverService.createDefaultService();
        service.setExecutable(onPath("chromedriver"));
        service.sendOutputTo(OutputStream.nullOutputStream());
        return new Chromium(new ChromeDriver(service, options));
    }

    private static String onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    /** Loads a page with all its files, whatever happens to the machine's networks meanwhile. */
    void open(String url) {
        for (int loads = 1; ; loads++) {
            try {
                driver.get(url);
                readConsole();
                if (!console.removeIf(Chromium::isOfNetworks)) {
                    return;
                }
            } catch (WebDriverException failed) {
                if (loads == MOST_LOADS || !isOfNetworks(String.valueOf(failed.getMessage()))) {
                    throw failed;
                }
            }
        }
    }

    private static boolean isOfNetworks(String message) {
        return message.contains(NETWORK_CHANGED);
    }

    /** The same in a window of its own, which is the one looked at from now on. */
    String openBeside(String url) {
        String before = driver.getWindowHandle();
        Object unused = driver.switchTo().newWindow(WindowType.WINDOW);
        open(url);
        return before;
    }

    /** Looks at another window. */
    void lookAt(String window) {
        Object unused = driver.switchTo().window(window);
    }

    /** The window that is looked at. */
    String window() {
        return driver.getWindowHandle();
    }

    /** Closes the window that is looked at, and looks at another. */
    void closeFor(String window) {
        driver.close();
        lookAt(window);
    }

    /** What a script returns; it may be a promise. */
    @Nullable
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Keys for whatever has the focus. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void size(Screen screen) {
        Object unused = devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        screen.width,
                        "height",
                        screen.height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        screen == Screen.PHONE));
    }

    /** What the system of the reader prefers. */
    void dark(boolean dark) {
        Object unused = devTools(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                // No picture of something that is on its way.
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Whether pages that are loaded from now on may run scripts. */
    void scripts(boolean may) {
        Object unused = devTools("Emulation.setScriptExecutionDisabled", Map.of("value", !may));
    }

    /** Runs a script before those of each page that is loaded; returns what {@link #withdraw} takes. */
    String beforeEachPage(String script) {
        return String.valueOf(devTools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                .get("identifier"));
    }

    void withdraw(String identifier) {
        Object unused = devTools("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", identifier));
    }

    private Map<String, Object> devTools(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /** A picture of the whole page, also of what one would scroll to. */
    void picture(Path file) {
        String png = (String) devTools(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true, "clip", whole()))
                .get("data");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path unused = Files.write(file, Base64.getDecoder().decode(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object whole() {
        Object size = run("const e = document.documentElement;"
                + "return {x: 0, y: 0, width: e.clientWidth, height: e.scrollHeight, scale: 1}");
        if (size == null) {
            throw new IllegalStateException("the page has no size");
        }
        return size;
    }

    /** What the console got since it was asked last, warnings and worse; violations of the page's policy are among it. */
    List<String> complaints() {
        readConsole();
        List<String> complaints =
                console.stream().filter(message -> !isOfNetworks(message)).toList();
        console.clear();
        return complaints;
    }

    private void readConsole() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                console.add(entry.getMessage());
            }
        }
    }

    /** What pages asked for since it was looked at last. */
    List<Asked> asked() {
        List<Asked> asked = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = json(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                JsonNode request = message.path("params");
                asked.add(new Asked(
                        request.path("documentURL").asText(),
                        request.at("/request/url").asText()));
            }
        }
        return asked;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}

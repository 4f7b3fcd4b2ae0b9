package io.p2pfaas.plugin;

import io.p2pfaas.core.policy.Parameters;
import io.p2pfaas.core.policy.PolicyProvider;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** One jar of a plug-in folder. It has a class loader of its own, so two may bring the same library in two versions. */
final class PluginJar {
    static final Duration LOAD_LIMIT = Duration.ofSeconds(10);
    static final Duration CREATE_LIMIT = Duration.ofSeconds(5);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private final String file;

    /** A provider, and the name that it had when it was asked. */
    record Named(String name, String jar, PolicyProvider provider) {
        /** Makes the policy and asks it who it is. */
        ProvidedPolicy create(Parameters parameters) {
            try {
                return Patience.within(
                        CREATE_LIMIT, "plugin-create-" + name, () -> new ProvidedPolicy(provider.create(parameters)));
            } catch (TimeoutException late) {
                throw new IllegalArgumentException(
                        name + " of " + jar + " was not made within " + CREATE_LIMIT.toSeconds() + " s", late);
            } catch (ExecutionException thrown) {
                throw new IllegalArgumentException(why(Patience.thrown(thrown)), thrown);
            }
        }

        private String why(Throwable thrown) {
            // A parameter that is wrong is the user's mistake, and the plug-in's own words say it best.
            String said = thrown instanceof IllegalArgumentException ? thrown.getMessage() : null;
            return said != null ? said : name + " of " + jar + " cannot be made: " + thrown;
        }
    }

    /** A jar that cannot be used, with the reason in words. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why, Throwable cause) {
            super(why, cause);
        }
    }

    private PluginJar(Path jar) {
        this.file = String.valueOf(jar.getFileName());
    }

    /** The providers of a jar. Their class loader stays open for as long as the JVM lives. */
    static List<Named> load(Path jar) throws Unusable {
        try {
            return Patience.within(LOAD_LIMIT, "plugin-load-" + jar.getFileName(), () -> new PluginJar(jar).find(jar));
        } catch (TimeoutException late) {
            throw new Unusable("it was not loaded within " + LOAD_LIMIT.toSeconds() + " s", late);
        } catch (ExecutionException thrown) {
            throw new Unusable(String.valueOf(Patience.thrown(thrown)), thrown);
        }
    }

    private List<Named> find(Path jar) throws Exception {
        // A class loader passes over a file that is no archive without a word.
        new ZipFile(jar.toFile()).close();
        ClassLoader own = new URLClassLoader(new URL[] {url(jar)}, PolicyProvider.class.getClassLoader());
        List<Named> found = new ArrayList<>();
        for (PolicyProvider provider : ServiceLoader.load(PolicyProvider.class, own)) {
            if (provider.getClass().getClassLoader() != own) {
                continue;
            }
            String name = provider.name();
            if (name == null || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "the name of " + provider.getClass().getName() + " is '" + name
                                + "', allowed is a letter, then up to 63 of A-Z a-z 0-9 _ -");
            }
            found.add(new Named(name, file, provider));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "it names no provider in META-INF/services/" + PolicyProvider.class.getName());
        }
        return found;
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}

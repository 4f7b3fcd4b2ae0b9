package io.p2pfaas.broker;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * HiveMQ Community Edition inside this JVM: MQTT 5 and 3.1.1 on 127.0.0.1, for everybody on this machine, in memory.
 * It says nothing on the console and nothing to its makers.
 *
 * <p>Takes one to two seconds to start and two to close. Several may run in one JVM. Its threads are not daemons: the
 * JVM lives until {@link #close()}.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final long START_WITHIN_SECONDS = 60;

    /** The names that HiveMQ logs under; held here because java.util.logging forgets a logger nobody holds. */
    private static final List<Logger> CHATTY = List.of(Logger.getLogger("com.hivemq"), Logger.getLogger("migrations"));

    /** Says only whether the port could be had, and so does our exception. */
    private static final Logger PORT_TAKEN = Logger.getLogger("com.hivemq.bootstrap.StartupListenerVerifier");

    private final BrokerFolders folders;
    private final EmbeddedHiveMQ hivemq;
    private final int port;

    private EmbeddedBroker(BrokerFolders folders, EmbeddedHiveMQ hivemq, int port) {
        this.folders = folders;
        this.hivemq = hivemq;
        this.port = port;
    }

    /**
     * Starts a broker and returns when clients can connect.
     *
     * @param port TCP port on 127.0.0.1; 0 lets the system choose a free one
     * @throws IllegalStateException if the port is taken or the broker does not start; the message names the port
     */
    public static EmbeddedBroker start(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be within 0..65535: " + port);
        }
        keepQuiet();
        startLean();
        var folders = BrokerFolders.create(port);
        var listener = new ListenerPort();
        var hivemq = builder(folders)
                .withEmbeddedExtension(listener.asExtension())
                .withoutLoggingBootstrap()
                .build();
        var uncaughtBefore = Thread.getDefaultUncaughtExceptionHandler();
        try {
            hivemq.start().get(START_WITHIN_SECONDS, TimeUnit.SECONDS);
            return new EmbeddedBroker(folders, hivemq, listener.port());
        } catch (ExecutionException e) {
            // HiveMQ has no message for us: it says "is it in use?" in its log, and throws an empty exception.
            throw abandoned(hivemq, folders, "the broker could not listen on 127.0.0.1:" + port + "; is it in use?", e);
        } catch (TimeoutException e) {
            // An Error on HiveMQ's thread, a missing class for one, never reaches the future.
            throw abandoned(hivemq, folders, "the broker on port " + port + " did not start within 60 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abandoned(hivemq, folders, "interrupted while the broker on port " + port + " was starting", e);
        } finally {
            // HiveMQ puts its own in place, which swallows some exceptions and exits the JVM on others.
            Thread.setDefaultUncaughtExceptionHandler(uncaughtBefore);
        }
    }

    /** The port that clients connect to. */
    public int port() {
        return port;
    }

    /** Drops all clients, forgets all messages and removes the temporary files. A second call does nothing. */
    @Override
    public void close() {
        try {
            hivemq.close();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker on port " + port + " did not stop cleanly", e.getCause());
        } catch (InterruptedException ignored) {
            // HiveMQ goes on closing on a thread of its own.
            Thread.currentThread().interrupt();
        } finally {
            folders.delete();
        }
    }

    private static EmbeddedHiveMQBuilder builder(BrokerFolders folders) {
        return EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folders.configuration())
                .withDataFolder(folders.data())
                .withExtensionsFolder(folders.extensions());
    }

    private static IllegalStateException abandoned(
            EmbeddedHiveMQ hivemq, BrokerFolders folders, String message, Exception cause) {
        var failure = new IllegalStateException(message, cause);
        try {
            hivemq.close();
            folders.delete();
        } catch (ExecutionException | UncheckedIOException e) {
            failure.addSuppressed(e);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
        return failure;
    }

    /** Warnings and worse only, unless whoever runs us has said otherwise in a logging.properties. */
    private static void keepQuiet() {
        CHATTY.forEach(logger -> limit(logger, Level.WARNING));
        limit(PORT_TAKEN, Level.OFF);
    }

    private static void limit(Logger logger, Level level) {
        if (logger.getLevel() == null) {
            logger.setLevel(level);
        }
    }

    /** HiveMQ is sized for a server with disks; these settings have no element in its config.xml. */
    private static void startLean() {
        InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(8);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(8);
        InternalConfigurations.PERSISTENCE_STARTUP_THREAD_POOL_SIZE.set(2);
        InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
        // Two seconds by default, for writes to disk that do not exist in memory.
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(50);
    }
}

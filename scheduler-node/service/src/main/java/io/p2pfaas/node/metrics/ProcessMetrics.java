package io.p2pfaas.node.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The process under the names that Prometheus's own clients give it, and the JVM under Micrometer's, so that usual
 * dashboards and alerts fit.
 */
final class ProcessMetrics implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);
    private static final long BYTES_PER_KIB = 1024;

    private final JvmGcMetrics collections = new JvmGcMetrics();

    ProcessMetrics(Meters meters) {
        new JvmMemoryMetrics().bindTo(meters.registry);
        new JvmThreadMetrics().bindTo(meters.registry);
        collections.bindTo(meters.registry);
        double started = ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND;
        meters.gauge("process.start.time.seconds", "When the process began, in seconds since 1970", () -> started);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            meters.counter(
                    "process.cpu.seconds",
                    "Processor time that the process used",
                    () -> system.getProcessCpuTime() / BrainMetrics.NANOS_PER_SECOND);
            meters.gauge(
                    "process.open.fds",
                    "Open files and connections of the process",
                    system::getOpenFileDescriptorCount);
            meters.gauge("process.max.fds", "As many as it may open", system::getMaxFileDescriptorCount);
        }
        if (Files.isReadable(STATUS)) {
            meters.gauge("process.resident.memory.bytes", "Memory of the process that is in RAM", () -> kib("VmRSS:"));
            meters.gauge("process.virtual.memory.bytes", "Address space of the process", () -> kib("VmSize:"));
        }
    }

    /** A line of the kernel's table, in bytes; NaN if it cannot be had. */
    private static double kib(String name) {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * (double) BYTES_PER_KIB;
                }
            }
        } catch (IOException | NumberFormatException ignored) {
            // Told as a number that is none.
        }
        return Double.NaN;
    }

    /** Listens to the garbage collectors no more. */
    @Override
    public void close() {
        collections.close();
    }
}

package io.p2pfaas.load.live.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BrokerProcessTest {
    /** Maven runs tests in the module's own folder, an IDE perhaps in the project's. */
    private static Path shipped() {
        Path file = Path.of("broker-config/mosquitto/laptop.conf");
        return Files.exists(file) ? file : Path.of("..").resolve(file);
    }

    @Test
    void the_launched_broker_is_set_up_like_the_one_that_is_shipped() throws IOException {
        List<String> settings = Files.readAllLines(shipped()).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("listener"))
                .toList();
        assertThat(BrokerProcess.SETTINGS).containsExactlyElementsOf(settings);
    }
}

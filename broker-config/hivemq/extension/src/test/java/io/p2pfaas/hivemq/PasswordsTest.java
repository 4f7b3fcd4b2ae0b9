package io.p2pfaas.hivemq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** With lines that mosquitto_passwd 2.0.11 wrote. */
final class PasswordsTest {
    private static final String CAM7 =
            "cam7:$7$101$Rz8FtrrYjWE+OiTg$gqI9hwcQIrurl/GW0N4Xxp1e0AxpqsGWFPlgRo71jmUO7Ckz52w//AuA4daz+nfgooonh/60TKmABhR0bYm+7A==";
    private static final String CAM8 =
            "cam8:$7$101$Laso6ghM6LmuWJoD$Mzjt6hYatOAZeMAzvkxlAyAqx24buFW0J5Pa43/6l25sYA1BKoMGScMdFzUOLL1wpoW3sV5I71L1cj9tzJQaqQ==";

    private final Passwords passwords = Passwords.parse(List.of(CAM7, "", CAM8));

    private boolean matches(String name, String password) {
        return passwords.matches(name, password.getBytes(UTF_8));
    }

    @Test
    void the_right_password_matches() {
        assertThat(matches("cam7", "secret")).isTrue();
        assertThat(matches("cam8", "gr\u00fcn")).isTrue();
    }

    @Test
    void a_wrong_an_empty_and_another_ones_password_do_not() {
        assertThat(matches("cam7", "Secret")).isFalse();
        assertThat(matches("cam7", "")).isFalse();
        assertThat(matches("cam8", "secret")).isFalse();
        assertThat(matches("cam9", "secret")).isFalse();
    }

    @Test
    void a_line_that_is_not_understood_is_named_by_its_number_only() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Passwords.parse(List.of(CAM7, "cam8:plain")))
                .withMessageContaining("line 2")
                .withMessageNotContaining("plain");
    }
}

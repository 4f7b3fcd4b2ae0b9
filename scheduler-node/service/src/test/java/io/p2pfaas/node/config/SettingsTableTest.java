package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingsTableTest {
    @Test
    void every_setting_has_all_that_a_usage_text_needs() {
        for (Setting<?> setting : SettingsTable.all()) {
            assertThat(setting.key()).matches("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*){0,2}");
            assertThat(setting.flag()).matches("--[a-z]+(-[a-z]+)*");
            assertThat(setting.variable()).matches("P2PFAAS_[A-Z]+(_[A-Z]+)*");
            assertThat(setting.description()).isNotBlank().doesNotContain("%");
            assertThat(setting.defaultText()).isNotBlank();
            assertThat(setting.allowed()).isNotBlank();
            assertThat(setting.placeholder().isEmpty()).isEqualTo(setting.shape() == Setting.Shape.SWITCH);
        }
    }

    @Test
    void no_two_settings_share_a_name() {
        List<Setting<?>> all = SettingsTable.all();

        assertThat(all).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(all).extracting(Setting::flag).doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(setting -> setting.variables().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_default_and_every_example_is_allowed() {
        for (Setting<?> setting : SettingsTable.all()) {
            assertThat(setting.parse(setting.example())).isNotNull();
            if (!setting.defaultValue().isEmpty()) {
                assertThat(setting.parse(setting.defaultValue())).isNotNull();
            }
        }
    }

    @Test
    void the_flags_of_the_command_line_keep_their_names() {
        assertThat(SettingsTable.all())
                .extracting(Setting::flag)
                .contains("--id", "--http", "--broker", "--data", "--slots", "--queue", "--no-queue", "--scheduler")
                .contains("--function", "--idempotent", "--http-max-body", "--broker-password-file", "--stop-grace");
        assertThat(SettingsTable.HTTP_MAX_BODY.variable()).isEqualTo("P2PFAAS_HTTP_MAX_BODY");
        assertThat(SettingsTable.BROKER_URL.variables()).containsExactly("P2PFAAS_BROKER_URL", "P2PFAAS_BROKER");
    }
}

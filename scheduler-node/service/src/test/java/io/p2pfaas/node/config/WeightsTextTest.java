package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.core.learn.Weights;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeightsTextTest {
    private static final Weights WEIGHTS =
            new Weights(false, 2, -0.25, 0.1, 9, 8, 7, List.of(new Weights.Row("0,1", new double[] {1e-300, -2.5})));
    private static final String TEXT = "{\"rule\":\"correct\",\"actions\":2,\"average\":-0.25,\"epsilon\":0.1,"
            + "\"inferences\":9,\"trained\":8,\"episodes\":7,\"states\":{\"0,1\":[1.0E-300,-2.5]}}";

    @Test
    void what_is_written_is_read_again_to_the_last_digit() throws IOException {
        assertThat(WeightsText.kept(WEIGHTS)).isEqualTo(TEXT);
        Weights read = WeightsText.read(TEXT + "\n");
        assertThat(WeightsText.kept(read)).isEqualTo(TEXT);
        assertThat(read.rows().get(0).values()).containsExactly(1e-300, -2.5);
    }

    @Test
    void clients_see_maps_and_rows() {
        assertThat(WeightsText.told(WEIGHTS))
                .isEqualTo(
                        "{\"actions_map\":{\"0\":0,\"1\":1},\"states_map\":{\"0,1\":0},\"table\":[[1.0E-300,-2.5]]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"rule\":\"other\"}",
                "{\"rule\":{}}",
                "{\"actions\":\"two\"}",
                "{\"states\":[]}",
                "{\"states\":{\"0\":1}}",
                "{\"states\":{\"0\":[[]]}}",
                "{\"states\":{\"0\":[1e999]}}",
                "{\"more\":1}"
            })
    void what_cannot_be_is_refused(String text) {
        assertThatThrownBy(() -> WeightsText.read(text))
                .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
    }

    @Test
    void every_cut_and_every_change_of_a_field_is_refused() {
        for (int length = 0; length < TEXT.length(); length++) {
            String cut = TEXT.substring(0, length);
            assertThatThrownBy(() -> WeightsText.read(cut))
                    .as(cut)
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
        }
        for (String wrong : List.of(
                TEXT.replace("\"actions\":2", "\"actions\":3"),
                TEXT.replace("\"epsilon\":0.1", "\"epsilon\":1.1"),
                TEXT.replace("\"trained\":8,", ""),
                TEXT.replace("-2.5", "null"),
                TEXT + "{}")) {
            assertThatThrownBy(() -> WeightsText.read(wrong))
                    .as(wrong)
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
        }
    }
}

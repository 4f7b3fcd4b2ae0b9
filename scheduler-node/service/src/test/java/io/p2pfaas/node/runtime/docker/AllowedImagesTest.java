package io.p2pfaas.node.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AllowedImagesTest {
    @Test
    void without_a_pattern_or_with_a_star_everything_is_allowed() {
        assertThat(new AllowedImages(List.of()).allows("registry.acme.org:5000/a/b:1"))
                .isTrue();
        assertThat(new AllowedImages(List.of("*")).allows("registry.acme.org:5000/a/b:1"))
                .isTrue();
    }

    @Test
    void a_star_does_not_go_beyond_a_slash() {
        AllowedImages allowed = new AllowedImages(List.of("acme/*"));

        assertThat(allowed.allows("acme/thumbnail")).isTrue();
        assertThat(allowed.allows("acme/thumbnail:1.2")).isTrue();
        assertThat(allowed.allows("acme/thumbnail@sha256:0a1b")).isTrue();
        assertThat(allowed.allows("acme/deep/thumbnail")).isFalse();
        assertThat(allowed.allows("evil.org/acme/thumbnail")).isFalse();
        assertThat(allowed.allows("acme")).isFalse();
    }

    @Test
    void two_stars_do() {
        AllowedImages allowed = new AllowedImages(List.of("registry.acme.org/**"));

        assertThat(allowed.allows("registry.acme.org/a/b/c:1")).isTrue();
        assertThat(allowed.allows("registry.acme.org.evil.org/a")).isFalse();
    }

    @Test
    void all_other_characters_mean_themselves() {
        AllowedImages allowed = new AllowedImages(List.of("a.b/c:?", "x[y]"));

        assertThat(allowed.allows("a.b/c:1")).isTrue();
        assertThat(allowed.allows("a.b/c:12")).isFalse();
        assertThat(allowed.allows("axb/c:1")).isFalse();
        assertThat(allowed.allows("x[y]")).isTrue();
        assertThat(allowed.allows("xy")).isFalse();
    }

    @Test
    void a_refusal_names_the_image_and_what_is_allowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AllowedImages(List.of("acme/*", "busybox")).require("nginx"))
                .withMessage("image is \"nginx\"; allowed is what docker.images names: acme/*, busybox");
        new AllowedImages(List.of("nginx")).require("nginx");
    }
}

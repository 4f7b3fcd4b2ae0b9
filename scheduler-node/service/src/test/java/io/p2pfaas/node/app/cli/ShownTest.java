package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShownTest {
    @Test
    void a_token_is_shown_to_nodes_and_with_calls() {
        Shown token = new Shown("abc");
        assertThat(token.toNode()).containsExactly("X-P2pfaas-Token: abc");
        assertThat(token.toFunction()).isEqualTo(token.toNode());
    }

    @Test
    void a_password_is_shown_to_nodes_only_since_functions_could_see_it() {
        Shown password = new Shown("admin:s3cret");
        assertThat(password.toNode()).containsExactly("Authorization: Basic YWRtaW46czNjcmV0");
        assertThat(password.toFunction()).isEmpty();
    }

    @Test
    void nothing_is_shown_unless_something_is_said() {
        assertThat(new Shown("").toNode()).isEmpty();
        assertThat(new Shown("").toFunction()).isEmpty();
    }
}

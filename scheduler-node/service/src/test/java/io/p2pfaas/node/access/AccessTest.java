package io.p2pfaas.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.files.FileWatch;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest {
    private static final Credentials ADMIN = new Credentials("admin", "gr\u00fcn:1");

    private static String basic(String text, Charset charset) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(charset));
    }

    private final Access passwords = Access.of(Optional.of(ADMIN));

    private boolean knows(@Nullable String authorization) {
        return Access.of(Optional.of(ADMIN))
                .visit(null, authorization, true, "10.0.0.1", 0)
                .holder()
                .isPresent();
    }

    @Test
    void user_and_password_let_in() {
        String given = basic("admin:gr\u00fcn:1", StandardCharsets.UTF_8);
        assertThat(knows(given)).isTrue();
        assertThat(knows(given.replace("Basic", "basic"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "admin",
                "admin:",
                ":gr\u00fcn:1",
                "Admin:gr\u00fcn:1",
                "admin:gr\u00fcn:1 ",
                "admin:gr\u00fcn",
                "admin:gr\u00fcn:2"
            })
    void nothing_else_does(String text) {
        assertThat(knows(basic(text, StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void nonsense_is_nobodys_password() {
        assertThat(knows(null)).isFalse();
        assertThat(knows("")).isFalse();
        assertThat(knows("Basic")).isFalse();
        assertThat(knows("Basic ***")).isFalse();
        assertThat(knows("Bearer YWRtaW46eA==")).isFalse();
        assertThat(knows(basic("admin:gr\u00fcn:1", StandardCharsets.ISO_8859_1)))
                .isFalse();
    }

    @Test
    void credentials_that_protect_nothing_are_refused() {
        assertThatThrownBy(() -> new Credentials("", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Credentials("a:b", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Credentials("a", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_password_is_not_printed() {
        assertThat(ADMIN.toString()).doesNotContain("gr");
    }

    private static Access with(Tokens.Issued... issued) throws FileProblem {
        StringBuilder file = new StringBuilder("# tokens\n\n");
        for (Tokens.Issued one : issued) {
            file.append(one.line()).append('\n');
        }
        Tokens tokens = Tokens.parse(file.toString());
        return Access.of(Optional.empty(), new FileWatch<>("tokens", List.of(), () -> tokens));
    }

    private static @Nullable Role roleOf(Access access, String authorization) {
        return access.visit(null, authorization, true, "10.0.0.1", 0)
                .holder()
                .map(Tokens.Holder::role)
                .orElse(null);
    }

    @Test
    void a_token_opens_as_bearer_and_as_anybodys_password() throws FileProblem {
        Tokens.Issued caller = Tokens.issue(Role.INVOKE, "shop");
        Tokens.Issued admin = Tokens.issue(Role.ADMIN, "");
        Access access = with(caller, admin);

        assertThat(roleOf(access, "Bearer " + caller.token())).isEqualTo(Role.INVOKE);
        assertThat(roleOf(access, "bearer  " + admin.token())).isEqualTo(Role.ADMIN);
        assertThat(roleOf(access, basic("any:" + admin.token(), StandardCharsets.UTF_8)))
                .isEqualTo(Role.ADMIN);
        assertThat(roleOf(access, "Bearer " + caller.token() + "x")).isNull();
        assertThat(roleOf(access, "Bearer ")).isNull();
        assertThat(roleOf(access, caller.token())).isNull();
        assertThat(access.visit(caller.token(), null, true, "10.0.0.1", 0)
                        .holder()
                        .orElseThrow()
                        .name())
                .isEqualTo("shop");
    }

    private static Access.Visit login(Access access, String login, String from, long nowNanos) {
        return access.visit(null, basic(login, StandardCharsets.UTF_8), true, from, nowNanos);
    }

    @Test
    void who_guesses_passwords_has_to_wait_and_no_guess_counts_meanwhile() {
        for (int i = 0; i < WrongTries.AT_ONCE; i++) {
            assertThat(login(passwords, "admin:" + i, "10.0.0.1", 0)).satisfies(visit -> {
                assertThat(visit.isWrong()).isTrue();
                assertThat(visit.waitSeconds()).isZero();
            });
        }
        Access.Visit right = login(passwords, "admin:gr\u00fcn:1", "10.0.0.1", 0);
        assertThat(right.holder()).isEmpty();
        assertThat(right.waitSeconds()).isEqualTo(WrongTries.PAUSE_SECONDS);
        assertThat(login(passwords, "admin:gr\u00fcn:1", "10.0.0.2", 0).holder())
                .isPresent();

        long later = TimeUnit.SECONDS.toNanos(WrongTries.PAUSE_SECONDS);
        assertThat(login(passwords, "admin:gr\u00fcn:1", "10.0.0.1", later).holder())
                .isPresent();
        assertThat(login(passwords, "admin:x", "10.0.0.1", later).waitSeconds()).isZero();
        assertThat(login(passwords, "admin:x", "10.0.0.1", later).waitSeconds()).isPositive();
    }

    @Test
    void a_right_token_is_taken_from_where_others_guess() throws FileProblem {
        Tokens.Issued caller = Tokens.issue(Role.INVOKE, "");
        Access access = with(caller);
        for (int i = 0; i < WrongTries.AT_ONCE; i++) {
            assertThat(access.visit("p2p_" + i, null, true, "10.0.0.1", 0).waitSeconds())
                    .isZero();
        }
        assertThat(access.visit("p2p_x", null, true, "10.0.0.1", 0).waitSeconds())
                .isPositive();
        assertThat(access.visit(caller.token(), null, true, "10.0.0.1", 0).holder())
                .isPresent();
    }

    @Test
    void what_is_meant_for_a_function_is_no_try_but_the_administrators_name_is() {
        assertThat(passwords.visit(null, "Bearer theirs", false, "10.0.0.1", 0).isWrong())
                .isFalse();
        String theirs = basic("user:theirs", StandardCharsets.UTF_8);
        assertThat(passwords.visit(null, theirs, false, "10.0.0.1", 0).isWrong())
                .isFalse();
        String guess = basic("admin:guess", StandardCharsets.UTF_8);
        assertThat(passwords.visit(null, guess, false, "10.0.0.1", 0).isWrong()).isTrue();
    }

    @Test
    void nothing_shown_is_no_try() {
        assertThat(passwords.visit(null, null, true, "10.0.0.1", 0).isWrong()).isFalse();
    }

    @Test
    void not_more_addresses_are_remembered_than_there_is_room_for() {
        WrongTries tries = new WrongTries();
        for (int i = 0; i <= WrongTries.MAX_ADDRESSES; i++) {
            tries.tried("address " + i, 0);
        }
        assertThat(tries.addresses()).isEqualTo(WrongTries.MAX_ADDRESSES);
    }

    @Test
    void the_hash_of_a_token_opens_nothing() throws FileProblem {
        Tokens.Issued caller = Tokens.issue(Role.INVOKE, "");

        String hash = caller.line().substring(caller.line().indexOf(':') + 1);

        assertThat(roleOf(with(caller), "Bearer " + hash)).isNull();
    }

    @Test
    void old_and_new_token_are_valid_together() throws FileProblem {
        Tokens.Issued before = Tokens.issue(Role.INVOKE, "");
        Tokens.Issued after = Tokens.issue(Role.INVOKE, "");
        Access access = with(before, after);

        assertThat(roleOf(access, "Bearer " + before.token())).isEqualTo(Role.INVOKE);
        assertThat(roleOf(access, "Bearer " + after.token())).isEqualTo(Role.INVOKE);
    }

    @Test
    void who_is_asked_for_a_token_depends_on_the_roles_that_there_are() throws FileProblem {
        assertThat(Access.OPEN.asksCallers()).isFalse();
        assertThat(Access.OPEN.hasAdmins()).isFalse();
        assertThat(passwords.hasAdmins()).isTrue();
        Access admins = with(Tokens.issue(Role.ADMIN, ""));
        assertThat(admins.hasAdmins()).isTrue();
        assertThat(admins.asksCallers()).isFalse();
        Access callers = with(Tokens.issue(Role.INVOKE, ""));
        assertThat(callers.hasAdmins()).isFalse();
        assertThat(callers.asksCallers()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "root sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "admin 0000000000000000000000000000000000000000000000000000000000000000",
                "admin sha256:00",
                "admin sha256:000000000000000000000000000000000000000000000000000000000000000g",
                "admin sha256:0000000000000000000000000000000000000000000000000000000000000000 a/b",
                "admin sha256:0000000000000000000000000000000000000000000000000000000000000000 a b",
            })
    void a_line_that_is_none_is_named_by_its_number_and_never_shown(String line) {
        assertThatThrownBy(() -> Tokens.parse("# first\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2 ")
                .hasMessageContaining("sha256:HEX")
                .hasMessageNotContaining("0000");
    }

    @Test
    void a_file_without_a_token_is_refused_as_it_would_open_the_node() {
        assertThatThrownBy(() -> Tokens.parse("# nobody\n\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no token");
    }

    @Test
    void a_token_is_not_printed() {
        Tokens.Issued issued = Tokens.issue(Role.ADMIN, "ops");

        assertThat(issued.toString()).doesNotContain(issued.token());
        assertThat(issued.line()).doesNotContain(issued.token()).endsWith(" ops");
    }

    @Test
    void a_name_that_would_be_two_words_is_refused() {
        assertThatThrownBy(() -> Tokens.issue(Role.ADMIN, "a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a b'");
    }
}

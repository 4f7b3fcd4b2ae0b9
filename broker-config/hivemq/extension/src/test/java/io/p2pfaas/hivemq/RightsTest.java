package io.p2pfaas.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RightsTest {
    private static final String CLOSED = "\"defaultACLAccess\":"
            + "{\"publishClientSend\":false,\"publishClientReceive\":false,\"subscribe\":false,\"unsubscribe\":true}";

    private static String acl(String kind, String topic) {
        return "{\"acltype\":\"" + kind + "\",\"topic\":\"" + topic + "\",\"allow\":true}";
    }

    private static String document(String acls) {
        return "{" + CLOSED + ",\"clients\":[{\"username\":\"cam7\",\"roles\":[{\"rolename\":\"cam7\"}]}],"
                + "\"roles\":[{\"rolename\":\"cam7\",\"acls\":[" + acls + "]}]}";
    }

    @Test
    void a_name_has_the_rights_of_its_role() {
        Rights rights = Rights.parse(document(acl("publishClientSend", "a/+") + "," + acl("subscribePattern", "b/#")
                + "," + acl("publishClientReceive", "b/#") + "," + acl("subscribePattern", "$share/nodes/c/+")));

        assertThat(rights.of("cam7").orElseThrow())
                .map(Object::toString)
                .containsExactly("publish a/+", "subscribe b/#", "subscribe nodes of c/+");
        assertThat(rights.of("cam8")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"publishClientSend", "publishClientReceive", "subscribe"})
    void what_is_open_to_everybody_is_refused(String access) {
        String open = document("").replace("\"" + access + "\":false", "\"" + access + "\":true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rights.parse(open))
                .withMessageContaining(access + " is true, allowed is false");
    }

    @Test
    void an_unknown_kind_of_right_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rights.parse(document(acl("subscribeLiteral", "a"))))
                .withMessageContaining("acltype is 'subscribeLiteral'");
    }

    @Test
    void a_right_that_denies_is_not_taken_for_one_that_allows() {
        String denying = document(acl("publishClientSend", "a").replace("true", "false"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rights.parse(denying))
                .withMessageContaining("only allow is understood");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "not JSON", "{" + CLOSED + "}"})
    void a_file_that_is_none_of_make_acl_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rights.parse(text))
                .withMessageContaining("acl.json");
    }

    @Test
    void a_role_that_is_not_there_is_named() {
        String text =
                document("").replace("\"roles\":[{\"rolename\":\"cam7\"}]", "\"roles\":[{\"rolename\":\"lost\"}]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rights.parse(text))
                .withMessageContaining("'lost'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "+", "#", "a b", "caf\u00e9"})
    void what_cannot_be_a_topic_level_is_no_name(String text) {
        assertThat(Rights.isName(text)).isFalse();
    }
}

package io.p2pfaas.hivemq;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundInput;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundOutput;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides about each CONNECT. Used by many threads of HiveMQ at once. */
final class Gate implements SimpleAuthenticator {
    private final WatchedSite watched;

    Gate(WatchedSite watched) {
        this.watched = watched;
    }

    /**
     * The client id becomes the name. Whoever connects with another's client id ends that one's connection and takes its
     * session over; so: one name, one connection, whatever the client says. Runs before {@link #onConnect(SimpleAuthInput,
     * SimpleAuthOutput)}, and nothing is taken over until that has let the client in.
     */
    void onConnect(ConnectInboundInput input, ConnectInboundOutput output) {
        Optional<String> name = name(input.getConnectionInformation(), input.getConnectPacket());
        name.filter(Rights::isName).ifPresent(known -> output.getConnectPacket().setClientId(known));
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        Site site = watched.current();
        ConnectPacket packet = input.getConnectPacket();
        Optional<X509Certificate> certificate = certificate(input.getConnectionInformation());
        Optional<String> name = name(input.getConnectionInformation(), packet);
        Optional<List<Rights.Right>> rights = name.flatMap(site::rightsOf);
        boolean proven = certificate.isPresent()
                ? !site.isRevoked(certificate.get(), Instant.now())
                : name.isPresent()
                        && site.isPassword(name.get(), packet.getPassword().map(Gate::bytes));
        if (!proven || rights.isEmpty() || !packet.getClientId().equals(name.get())) {
            output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
            return;
        }
        output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        output.getDefaultPermissions()
                .addAll(rights.get().stream().map(Gate::permission).collect(Collectors.toList()));
        output.authenticateSuccessfully();
    }

    private static Optional<String> name(ConnectionInformation connection, ConnectPacket packet) {
        Optional<X509Certificate> certificate = certificate(connection);
        return certificate.isPresent() ? Certificates.commonName(certificate.get()) : packet.getUserName();
    }

    private static Optional<X509Certificate> certificate(ConnectionInformation connection) {
        return connection.getClientTlsInformation().flatMap(ClientTlsInformation::getClientCertificate);
    }

    private static TopicPermission permission(Rights.Right right) {
        var builder = Builders.topicPermission()
                .topicFilter(right.topic())
                .type(TopicPermission.PermissionType.ALLOW)
                .activity(
                        right.isPublish()
                                ? TopicPermission.MqttActivity.PUBLISH
                                : TopicPermission.MqttActivity.SUBSCRIBE);
        if (right.group().isPresent()) {
            builder.sharedSubscription(TopicPermission.SharedSubscription.SHARED)
                    .sharedGroup(right.group().get());
        } else {
            builder.sharedSubscription(TopicPermission.SharedSubscription.NOT_SHARED);
        }
        return builder.build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}

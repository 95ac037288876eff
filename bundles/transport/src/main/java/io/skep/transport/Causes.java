package io.skep.transport;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.skep.model.SkepException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words for people why a connection failed. */
final class Causes {
    private Causes() {}

    /** One clause, without the name of the other side. */
    static String of(Throwable failure) {
        return known(failure).map(SkepException::getMessage).orElseGet(() -> {
            if (failure instanceof ConnectTimeoutException) {
                return "it does not answer";
            } else if (failure instanceof UnknownHostException) {
                return "its name is not known";
            } else if (failure instanceof NoRouteToHostException) {
                return "there is no route to it";
            } else if (failure instanceof ClosedChannelException) {
                return "it closed the connection";
            }
            return ofTls(failure);
        });
    }

    private static String ofTls(Throwable failure) {
        if (find(failure, NotSslRecordException.class) != null) {
            return "what listens there does not speak TLS";
        } else if (find(failure, SslHandshakeTimeoutException.class) != null) {
            return "it did not finish the TLS handshake in time";
        } else if (find(failure, TooLongFrameException.class) != null
                || find(failure, CorruptedFrameException.class) != null) {
            return "it sent what is no message of a node";
        } else if (find(failure, SSLException.class) != null) {
            return "TLS failed (" + failure.getMessage() + ")";
        }
        String message = String.valueOf(failure.getMessage());
        return message.replaceAll(": [^ ]*/[0-9a-f.:\\[\\]%a-z]*$", "").toLowerCase(Locale.ROOT);
    }

    /** The exception of Skep's own among the causes. */
    static Optional<SkepException> known(Throwable failure) {
        return Optional.ofNullable(find(failure, SkepException.class));
    }

    private static <T> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}

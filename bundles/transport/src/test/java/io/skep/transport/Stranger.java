package io.skep.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.skep.api.identity.Credentials;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Somebody who speaks TLS with a node, by a program of his own. */
final class Stranger implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final SSLSocket socket;
    private final DataInputStream in;

    /**
     * @param credentials null for a stranger without a certificate
     */
    Stranger(int port, @Nullable Credentials credentials, String protocol) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            KeyManager[] keys = credentials == null ? new KeyManager[0] : new KeyManager[] {new Proof(credentials)};
            context.init(keys, new TrustManager[] {new Gullible()}, null);
            socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            in = new DataInputStream(socket.getInputStream());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(Frame frame) throws IOException {
        ByteBuf bytes = Frames.write(frame, UnpooledByteBufAllocator.DEFAULT);
        byte[] array = new byte[bytes.readableBytes()];
        bytes.readBytes(array);
        send(array);
    }

    Frame read() throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return Frames.read(Unpooled.wrappedBuffer(frame));
    }

    /** Waits until the node has closed the connection; true when it did. */
    boolean closed() throws IOException {
        try {
            while (true) {
                read();
            }
        } catch (EOFException | SocketException end) {
            return true;
        }
    }

    static Frame.Request request(long id, String subject, int total) {
        return new Frame.Request(id, subject, total, ByteBuffer.wrap(new byte[Math.min(total, 1000)]));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Believes everybody. */
    private static final class Gullible extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {
            // anybody will do
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {
            // anybody will do
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // anybody will do
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {
            // no clients come here
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {
            // no clients come here
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // no clients come here
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

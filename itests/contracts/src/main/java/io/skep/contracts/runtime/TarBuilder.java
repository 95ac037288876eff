package io.skep.contracts.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes tar archives byte by byte (POSIX.1-1988 ustar with pax headers), so that tests can write what no sound program
 * would. Entries belong to root and are of the first second of 2020 unless said otherwise.
 */
public final class TarBuilder {
    /** The modification time of every entry, in seconds. */
    public static final long TIME = 1_577_836_800;

    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, byte[]> pax = new TreeMap<>();
    private int owner;

    /** The next entries belong to this user and group. */
    public TarBuilder owner(int id) {
        owner = id;
        return this;
    }

    /** The next entry gets an extended header. */
    public TarBuilder pax(String key, byte[] value) {
        pax.put(key, value.clone());
        return this;
    }

    /** Adds a directory. */
    public TarBuilder directory(String name, int mode) {
        return entry(name + "/", '5', mode, "", new byte[0]);
    }

    /** Adds a file that all may read. */
    public TarBuilder file(String name, String content) {
        return file(name, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public TarBuilder file(String name, int mode, byte[] content) {
        return entry(name, '0', mode, "", content);
    }

    /** Adds a symbolic link. */
    public TarBuilder symbolicLink(String name, String target) {
        return entry(name, '2', 0777, target, new byte[0]);
    }

    /** Adds a hard link to an earlier entry. */
    public TarBuilder hardLink(String name, String target) {
        return entry(name, '1', 0644, target, new byte[0]);
    }

    /** Adds a character device. */
    public TarBuilder device(String name, int major, int minor) {
        return entry(name, '3', 0666, "", new byte[0], header -> {
            octal(header, 329, 8, major);
            octal(header, 337, 8, minor);
        });
    }

    /** Adds an entry of any type; the header need not make sense. */
    public TarBuilder entry(String name, char type, int mode, String target, byte[] content) {
        return entry(name, type, mode, target, content, header -> {});
    }

    /** Adds bytes as they are. */
    public TarBuilder raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The archive, with its end. */
    public byte[] build() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try {
            out.writeTo(whole);
            whole.write(new byte[2 * BLOCK]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole.toByteArray();
    }

    /** A header that claims a size; what follows is up to the caller. */
    public static byte[] header(String name, char type, long size) {
        byte[] header = new byte[BLOCK];
        text(header, 0, 100, name);
        octal(header, 100, 8, 0644);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, TIME);
        header[156] = (byte) type;
        text(header, 257, 8, "ustar\0" + "00");
        sign(header);
        return header;
    }

    private TarBuilder entry(String name, char type, int mode, String target, byte[] content, Patch patch) {
        if (!pax.isEmpty()) {
            byte[] records = records();
            pax.clear();
            append(header("PaxHeaders/x", 'x', records.length), records);
        }
        byte[] header = header(name, type, content.length);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, owner);
        octal(header, 116, 8, owner);
        text(header, 157, 100, target);
        patch.apply(header);
        sign(header);
        append(header, content);
        return this;
    }

    private void append(byte[] header, byte[] content) {
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private byte[] records() {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        pax.forEach((key, value) -> {
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            int rest = name.length + value.length + 3;
            int length = rest + Integer.toString(rest).length();
            length = rest + Integer.toString(length).length();
            records.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
            records.writeBytes(name);
            records.write('=');
            records.writeBytes(value);
            records.write('\n');
        });
        return records.toByteArray();
    }

    private static void sign(byte[] header) {
        text(header, CHECKSUM, 8, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, CHECKSUM, 8, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
    }

    private static void octal(byte[] header, int at, int length, long value) {
        text(header, at, length, String.format(Locale.ROOT, "%0" + (length - 1) + "o", value));
    }

    private static void text(byte[] header, int at, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, length));
    }

    /** Changes a header before it is signed. */
    @FunctionalInterface
    private interface Patch {
        void apply(byte[] header);
    }
}

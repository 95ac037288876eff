package io.skep.cluster.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.ByteBuffer;

/** The system calls for which Java has no class. */
interface Kernel extends Library {
    Kernel CALLS = Native.load("c", Kernel.class);

    /** open(2): read only. */
    int READ = 0;

    /** open(2): read and write. */
    int READ_WRITE = 2;

    /** open(2): not for programs that are started. */
    int CLOSE_ON_EXEC = 0x80000;

    /** setns(2): a network namespace. */
    int NETWORK_NAMESPACE = 0x40000000;

    /** ioctl(2) of {@code /dev/net/tun}: TUNSETIFF. */
    long SET_TAP = 0x400454CAL;

    /** Flags of TUNSETIFF: whole frames, without a header before each (IFF_TAP, IFF_NO_PI). */
    short WHOLE_FRAMES = 0x1002;

    /** ioctl(2) of an ext4 file system: EXT4_IOC_SHUTDOWN. */
    long SHUT_DOWN = 0x8004587DL;

    /** With EXT4_IOC_SHUTDOWN: not even the journal is written any more (EXT4_GOING_FLAGS_NOLOGFLUSH). */
    int WITHOUT_FLUSH = 2;

    int open(String path, int flags) throws LastErrorException;

    int close(int file) throws LastErrorException;

    int ioctl(int file, long request, byte[] argument) throws LastErrorException;

    int setns(int file, int kind) throws LastErrorException;

    long read(int file, ByteBuffer buffer, long size) throws LastErrorException;

    long write(int file, ByteBuffer buffer, long size) throws LastErrorException;
}

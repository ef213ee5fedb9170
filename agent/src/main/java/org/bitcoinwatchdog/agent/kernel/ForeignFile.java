package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads files that other users control. Paths are bytes in every locale, because the JDK can't express every file name
 * of Linux.
 *
 * <p>A file is resolved in its process's own root directory, symbolic links included (openat2(2), RESOLVE_IN_ROOT), so
 * a link in a container can't lead to a file of the host. O_PATH pins the file: it opens no device and does not wait
 * for a FIFO. Only a pinned regular file is opened for reading. A network file system can still block, so callers need
 * a time limit.
 */
public final class ForeignFile {
    /** The file has a format that the agent can't read. Trying again does not help. */
    public static final class ForeignFormatException extends IOException {
        private static final long serialVersionUID = 1;

        ForeignFormatException(String message) {
            super(message);
        }
    }

    private static final int ENOENT = 2;
    private static final int EINVAL = 22;
    private static final int ENOTDIR = 20;
    private static final int USUAL_PATH = 128;
    private static final int LONGEST_PATH = 4095;
    private static final long HOW_BYTES = 3 * Long.BYTES;

    private ForeignFile() {
    }

    /**
     * The contents of a regular file.
     *
     * @param root      directory from which the path and every symbolic link in it start, such as {@code /proc/7/root}
     * @param path      without the closing NUL
     * @param mostBytes a longer file is refused
     * @throws NoSuchFileException if there is none
     * @throws IOException         if it can't be read, is longer, or is not a regular file
     */
    public static byte[] read(Path root, byte[] path, int mostBytes) throws IOException {
        int directory = checked(CLibrary.libc().open(terminated(root.toString().getBytes(StandardCharsets.US_ASCII)),
                LibC.O_PATH | LibC.O_CLOEXEC));
        try {
            int pinned = checked(CLibrary.libc().syscall(LibC.SYS_OPENAT2, directory, terminated(path),
                    new long[] {LibC.O_PATH | LibC.O_CLOEXEC, 0, LibC.RESOLVE_IN_ROOT}, HOW_BYTES));
            try {
                return contents(Path.of("/proc/self/fd", Integer.toString(pinned)), mostBytes);
            } finally {
                CLibrary.libc().close(pinned);
            }
        } finally {
            CLibrary.libc().close(directory);
        }
    }

    /** The target of a symbolic link; empty if there is no such link, or this process may not read it. */
    public static Optional<byte[]> readLink(String link) {
        byte[] path = terminated(link.getBytes(StandardCharsets.US_ASCII));
        byte[] target = new byte[USUAL_PATH];
        long bytes = CLibrary.libc().readlink(path, target, target.length);
        if (bytes == target.length) {
            target = new byte[LONGEST_PATH];
            bytes = CLibrary.libc().readlink(path, target, target.length);
        }
        return bytes < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(target, (int) bytes));
    }

    /** The kernel's virtual files have the size 0. Reading some of them blocks, or consumes what they return. */
    private static byte[] contents(Path pinned, int mostBytes) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(pinned, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("not a regular file");
        }
        if (attributes.size() > mostBytes) {
            throw new IOException("longer than " + mostBytes + " bytes");
        }
        if (attributes.size() == 0) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(pinned)) {
            byte[] contents = in.readNBytes(mostBytes + 1);
            if (contents.length > mostBytes) {
                throw new IOException("longer than " + mostBytes + " bytes");
            }
            return contents;
        } catch (AccessDeniedException e) {
            throw new IOException("not permitted (EACCES)", e);
        }
    }

    private static int checked(long result) throws IOException {
        if (result < 0) {
            int errno = CLibrary.runtime().getLastError();
            if (errno == ENOENT || errno == ENOTDIR) {
                throw new NoSuchFileException("the file");
            }
            throw new IOException(errno == EINVAL ? "not a path" : KernelException.name(errno));
        }
        return (int) result;
    }

    private static byte[] terminated(byte[] path) {
        return Arrays.copyOf(path, path.length + 1);
    }
}

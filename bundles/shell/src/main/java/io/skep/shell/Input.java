package io.skep.shell;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.apache.karaf.shell.api.console.Session;

/** Brings what a command reads from a file, from its standard input, or from the keyboard. */
public final class Input {
    /** Names the standard input where a file may be named. */
    public static final String STANDARD = "-";

    private final Session session;

    Input(Session session) {
        this.session = session;
    }

    /**
     * The content of a file, or of the standard input for {@code -}.
     *
     * @param most how many bytes it may have
     * @throws SkepException {@code INVALID_ARGUMENT} when there is more, {@code NOT_FOUND} when it cannot be read
     */
    public byte[] bytes(String file, int most) {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        named(file) + " has more than " + most + " bytes, which is too large");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new SkepException(ErrorCode.NOT_FOUND, "cannot read " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new SkepException(ErrorCode.NOT_FOUND, "cannot read " + named(file) + ": " + e.getMessage(), e);
        }
    }

    /** The same as text, without the line break at its end. */
    public String text(String file, int most) {
        return new String(bytes(file, most), StandardCharsets.UTF_8).strip();
    }

    /** A line that nobody is to see: typed after a prompt where there is a terminal, else all of the standard input. */
    public String hidden(String prompt, int most) {
        if (session.getTerminal() == null) {
            return text(STANDARD, most);
        }
        try {
            return session.readLine(prompt, '\0').strip();
        } catch (IOException e) {
            throw new SkepException(ErrorCode.NOT_FOUND, "cannot read the keyboard: " + e.getMessage(), e);
        }
    }

    /** The shell's own standard input stays open. */
    private InputStream open(String file) throws IOException {
        return file.equals(STANDARD)
                ? new FilterInputStream(System.in) {
                    @Override
                    public void close() {
                        // the shell goes on reading it
                    }
                }
                : Files.newInputStream(session.currentDir().resolve(file));
    }

    private static String named(String file) {
        return file.equals(STANDARD) ? "the standard input" : file;
    }
}

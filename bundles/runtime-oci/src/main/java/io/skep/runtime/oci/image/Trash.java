package io.skep.runtime.oci.image;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What was thrown away. Throwing away is one rename and so atomic and quick; the deletion of thousands of files, which may take
 * seconds, is left to a program that nobody waits for. If it is killed, the next activation finds the rest.
 *
 * @param temporary the directory that the bins are in, on the disk of what is thrown away
 */
record Trash(Path temporary) {
    private static final String BIN = "trash-";

    /** Throws a file or directory away; it is out of sight when this returns. */
    void discard(Path path) throws IOException {
        // Named a bin only once it is full: another thread may be deleting the bins right now.
        Path bag = Files.createTempDirectory(temporary, "bag-");
        Files.move(path, bag.resolve("discarded"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(bag, temporary.resolve(BIN + bag.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Throws everything in the temporary directory away: what a killed predecessor left. */
    void discardLeftovers() throws IOException {
        for (Path leftover : StoreDirectories.list(temporary)) {
            if (!isBin(leftover)) {
                discard(leftover);
            }
        }
    }

    /** Begins to delete what was thrown away. */
    void empty() {
        List<String> command = command();
        if (command.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw Failures.disk("deleting what is not needed any more", e);
        }
    }

    /** Deletes what was thrown away. */
    void emptyNow() {
        List<String> command = command();
        if (!command.isEmpty()) {
            HostCommand.run("deleting what is not needed any more", temporary, command);
        }
    }

    private List<String> command() {
        try {
            List<String> command = new ArrayList<>(List.of("rm", "-rf", "--"));
            for (Path path : StoreDirectories.list(temporary)) {
                if (isBin(path)) {
                    command.add(path.toString());
                }
            }
            return command.size() > 3 ? command : List.of();
        } catch (IOException e) {
            throw Failures.disk("looking for what is not needed any more", e);
        }
    }

    private static boolean isBin(Path path) {
        return String.valueOf(path.getFileName()).startsWith(BIN);
    }
}

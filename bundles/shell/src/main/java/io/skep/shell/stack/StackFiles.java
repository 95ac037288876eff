package io.skep.shell.stack;

import io.skep.api.stack.ParsedStack;
import io.skep.api.stack.StackParser;
import io.skep.api.stack.StackSource;
import io.skep.api.stack.StackSpec;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.shell.Parts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads stack files and has them parsed; errors end the command. */
final class StackFiles {
    private static final long LARGEST = 8L << 20;

    private final Parts parts;
    private final Path directory;

    StackFiles(Parts parts, Path directory) {
        this.parts = parts;
        this.directory = directory;
    }

    /**
     * What files come to.
     *
     * @param stack the specs
     * @param warnings what their author should know
     */
    record Read(StackSpec stack, List<String> warnings) {}

    Read parse(String name, List<String> names) throws InterruptedException {
        List<StackSource.File> files = new ArrayList<>();
        for (String file : names) {
            files.add(new StackSource.File(directory.resolve(file).toString(), read(directory.resolve(file), file)));
        }
        Path first = directory.resolve(names.get(0)).toAbsolutePath();
        StackSource source = new StackSource(name, files, System.getenv(), new Siblings(first));
        ParsedStack parsed = parts.call(StackParser.class, parser -> parser.parse(source));
        List<String> findings =
                parsed.findings().stream().map(ParsedStack.Finding::toString).toList();
        StackSpec stack = parsed.stack()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        String.join("\n", findings) + "\nthe stack file has errors; nothing was changed"));
        return new Read(stack, findings);
    }

    /** The files beside a stack file. */
    private record Siblings(Path stackFile) implements StackSource.FileReader {
        @Override
        public String read(String path) {
            return StackFiles.read(stackFile.resolveSibling(path), path);
        }

        @Override
        public byte[] bytes(String path) {
            return StackFiles.bytes(stackFile.resolveSibling(path), path);
        }
    }

    private static String read(Path path, String named) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(path, named)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, named + " is not a text file in UTF-8", e);
        }
    }

    private static byte[] bytes(Path path, String named) {
        try {
            if (Files.size(path) > LARGEST) {
                throw new SkepException(ErrorCode.INVALID_ARGUMENT, named + " is larger than 8 MiB");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new SkepException(ErrorCode.NOT_FOUND, "cannot read " + named + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage());
    }
}

package io.skep.agent;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.ImageStore;
import io.skep.api.runtime.Progress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store in memory of files that came in pieces; each is an image called after its content. */
final class ArrivedFiles implements ImageStore {
    private final List<File> files = new ArrayList<>();
    private int loads;
    private boolean full;

    /** The contents of files that are still there. */
    List<String> left() {
        return files.stream().map(file -> file.content.toString()).toList();
    }

    int loads() {
        return loads;
    }

    /** No more fits. */
    void full() {
        full = true;
    }

    @Override
    public Arrival receive(String name) {
        File file = new File();
        files.add(file);
        return file;
    }

    @Override
    public List<Image> load(Path file, Progress progress) {
        loads++;
        progress.report("reading");
        return List.of(image(file + ":1"));
    }

    @Override
    public Image importRootfs(Path file, String reference, ImageConfig config, Progress progress) {
        return image(reference);
    }

    private static Image image(String reference) {
        return new Image(reference, "sha256:1", Instant.EPOCH, 1, List.of(), ImageConfig.EMPTY);
    }

    @Override
    public List<Image> list() {
        return List.of();
    }

    @Override
    public Optional<Image> find(String reference) {
        return Optional.empty();
    }

    @Override
    public void remove(String reference) {
        throw new SkepException(ErrorCode.NOT_FOUND, reference);
    }

    private final class File implements Arrival {
        private final StringBuilder content = new StringBuilder();

        @Override
        public void append(ByteBuffer piece) {
            if (full) {
                throw new SkepException(ErrorCode.EXHAUSTED, "the disk is full");
            }
            content.append(StandardCharsets.UTF_8.decode(piece));
        }

        @Override
        public Path file() {
            return Path.of(content.toString());
        }

        @Override
        public String digest() {
            return "digest of " + content;
        }

        @Override
        public void close() {
            files.remove(this);
        }
    }
}

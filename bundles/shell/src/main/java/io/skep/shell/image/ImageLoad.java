package io.skep.shell.image;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageStore;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads images from a file. */
@Command(name = "image-load", description = "Load images from an OCI layout or a docker-archive")
public final class ImageLoad extends ImageBringing {
    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "The same as FILE alone")
    private Optional<String> input = Optional.empty();

    @Parameters(paramLabel = "FILE", description = "tar, tar.gz or directory", arity = "0..1")
    private Optional<String> file = Optional.empty();

    @Override
    protected void run() throws InterruptedException {
        String given = file.or(() -> input)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.INVALID_ARGUMENT, "a FILE is needed, such as web.tar; see swarm:image-load --help"));
        Path path = session().currentDir().resolve(given);
        if (allNodes()) {
            bring(path, Optional.empty());
            return;
        }
        List<Image> images = call(ImageStore.class, store -> store.load(path, lines()::accept));
        images.forEach(image -> out().println("Loaded image: " + image.reference()));
    }
}

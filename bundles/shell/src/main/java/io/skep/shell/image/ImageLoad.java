package io.skep.shell.image;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageStore;
import io.skep.shell.SwarmCommand;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Loads images from a file. */
@Command(name = "image-load", description = "Load images from an OCI layout or a docker-archive")
public final class ImageLoad extends SwarmCommand {
    @Parameters(paramLabel = "FILE", description = "tar, tar.gz or directory")
    private String file;

    @Override
    protected void run() throws InterruptedException {
        Path path = session().currentDir().resolve(file);
        List<Image> images = call(ImageStore.class, store -> store.load(path, lines()::accept));
        images.forEach(image -> out().println("Loaded image: " + image.reference()));
    }
}

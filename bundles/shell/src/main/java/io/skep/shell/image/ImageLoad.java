package io.skep.shell.image;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageStore;
import io.skep.shell.SwarmCommand;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Loads images from a file. */
@Service
@Command(scope = "swarm", name = "image-load", description = "Load images from an OCI layout or a docker-archive")
public final class ImageLoad extends SwarmCommand {
    @Argument(index = 0, name = "FILE", description = "tar, tar.gz or directory", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Override
    protected void run() throws InterruptedException {
        Path path = session().currentDir().resolve(file);
        List<Image> images = call(ImageStore.class, store -> store.load(path, lines()::accept));
        images.forEach(image -> out().println("Loaded image: " + image.reference()));
    }
}

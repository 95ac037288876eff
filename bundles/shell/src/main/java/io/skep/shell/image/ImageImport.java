package io.skep.shell.image;

import io.skep.api.dispatch.ImageWire;
import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.ImageStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an image from a root file system. */
@Command(name = "image-import", description = "Make an image from a root file system")
public final class ImageImport extends ImageBringing {
    @Option(
            names = {"-c", "--change"},
            paramLabel = "INSTRUCTION",
            description = "Dockerfile line: ENTRYPOINT, CMD, ENV, WORKDIR, USER, STOPSIGNAL or EXPOSE (repeatable)")
    private List<String> changes = new ArrayList<>();

    @Parameters(paramLabel = "FILE", description = "tar, tar.gz or directory")
    private String file;

    @Parameters(index = "1", paramLabel = "IMAGE", description = "Name to give, such as example/web:1")
    private String reference;

    @Override
    protected void run() throws InterruptedException {
        Path path = session().currentDir().resolve(file);
        ImageConfig config = ImageChanges.config(changes);
        if (allNodes()) {
            bring(path, Optional.of(new ImageWire.Rootfs(reference, config)));
            return;
        }
        out().println(call(ImageStore.class, store -> store.importRootfs(path, reference, config, lines()::accept))
                .id());
    }
}

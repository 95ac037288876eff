package io.skep.shell.image;

import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.ImageStore;
import io.skep.shell.SwarmCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Makes an image from a root file system. */
@Service
@Command(scope = "swarm", name = "image-import", description = "Make an image from a root file system")
public final class ImageImport extends SwarmCommand {
    @Option(
            name = "-c",
            aliases = "--change",
            description = "Dockerfile line: ENTRYPOINT, CMD, ENV, WORKDIR, USER, STOPSIGNAL or EXPOSE (repeatable)",
            multiValued = true)
    private final List<String> changes = new ArrayList<>();

    @Argument(index = 0, name = "FILE", description = "tar, tar.gz or directory", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Argument(index = 1, name = "IMAGE", description = "Name to give, such as example/web:1", required = true)
    private String reference;

    @Override
    protected void run() throws InterruptedException {
        Path path = session().currentDir().resolve(file);
        ImageConfig config = ImageChanges.config(changes);
        out().println(call(ImageStore.class, store -> store.importRootfs(path, reference, config, lines()::accept))
                .id());
    }
}

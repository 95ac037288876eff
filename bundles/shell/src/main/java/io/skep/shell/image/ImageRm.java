package io.skep.shell.image;

import io.skep.api.runtime.ImageStore;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes images from this node. */
@Service
@Command(scope = "swarm", name = "image-rm", description = "Remove images from this node")
public final class ImageRm extends SwarmCommand {
    @Argument(index = 0, name = "IMAGE", description = "Names or ids of images", required = true, multiValued = true)
    private List<String> references = new ArrayList<>();

    @Override
    protected void run() throws InterruptedException {
        for (String reference : references) {
            call(ImageStore.class, store -> {
                store.remove(reference);
                return true;
            });
            out().println("Removed: " + reference);
        }
    }
}

package io.skep.shell.image;

import io.skep.api.runtime.ImageStore;
import io.skep.shell.RemoveCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes images from this node. */
@Command(name = "image-rm", description = "Remove images from this node")
public final class ImageRm extends RemoveCommand {
    @Parameters(paramLabel = "IMAGE", description = "Names or ids of images", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected void remove(String reference) throws InterruptedException {
        call(ImageStore.class, store -> {
            store.remove(reference);
            return true;
        });
        out().println("Removed: " + reference);
    }
}

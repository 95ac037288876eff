package io.skep.shell.image;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageStore;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.Texts;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the images on this node. */
@Command(name = "image-ls", description = "List the images on this node")
public final class ImageLs extends ListCommand<Image> {
    @Override
    protected List<Image> objects() throws InterruptedException {
        return call(ImageStore.class, ImageStore::list);
    }

    @Override
    protected String id(Image image) {
        return id12(image);
    }

    @Override
    protected Columns table(List<Image> images) {
        Columns table = new Columns("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE");
        Instant now = Instant.now();
        for (Image image : images) {
            int colon = image.reference().lastIndexOf(':');
            boolean tagged = colon > image.reference().lastIndexOf('/');
            table.add(
                    tagged ? image.reference().substring(0, colon) : image.reference(),
                    tagged ? image.reference().substring(colon + 1) : "<none>",
                    id12(image),
                    Texts.ago(image.createdAt(), now),
                    Texts.size(image.sizeBytes()));
        }
        return table;
    }

    private static String id12(Image image) {
        return Texts.id(image.id().replaceFirst("^sha256:", ""));
    }
}

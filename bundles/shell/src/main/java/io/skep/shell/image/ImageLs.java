package io.skep.shell.image;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageStore;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        return hexadecimal(image);
    }

    @Override
    public Map<String, BiPredicate<Image, String>> keys() {
        return Map.of("reference", (image, value) -> matches(image.reference(), value));
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
                    hexadecimal(image),
                    Texts.ago(image.createdAt(), now),
                    Texts.size(image.sizeBytes()));
        }
        return table;
    }

    /** The whole reference or that without its tag, where {@code *} stands for anything. */
    private static boolean matches(String reference, String pattern) {
        String expression =
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return reference.matches(expression + "(:[^/:]*)?");
    }

    private String hexadecimal(Image image) {
        return shown(full() ? image.id() : image.id().replaceFirst("^sha256:", ""));
    }
}

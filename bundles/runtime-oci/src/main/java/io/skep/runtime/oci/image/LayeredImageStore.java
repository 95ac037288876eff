package io.skep.runtime.oci.image;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.ImageStore;
import io.skep.api.runtime.Progress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Keeps images as layers unpacked once, and makes root file systems of them by overlay mounts. */
@Component(
        service = {ImageStore.class, RootFilesystems.class},
        configurationPid = "io.skep.runtime.oci")
public final class LayeredImageStore implements ImageStore, RootFilesystems {
    private final StoreDirectories directories;
    private final ImageTable images;
    private final ImageLoad loader;
    private final OverlayRootFilesystems rootFilesystems;

    @Activate
    public LayeredImageStore(BundleContext context, Config config) {
        this(root(context, config), new LayerLimits(config.layerBytes(), config.layerEntries()));
    }

    LayeredImageStore(Path root, LayerLimits limits) {
        directories = StoreDirectories.prepare(root);
        LayerTable layers = new LayerTable(directories);
        images = new ImageTable(directories, layers);
        rootFilesystems = new OverlayRootFilesystems(directories, layers);
        loader = new ImageLoad(directories, layers, images, limits);
        try {
            layers.recover();
            images.recover();
            rootFilesystems.recover();
        } catch (IOException e) {
            throw Failures.disk("reading the image store in " + root, e);
        }
        layers.sweep();
        directories.trash().empty();
    }

    @Override
    public List<Image> load(Path file, Progress progress) {
        return loader.load(file, progress);
    }

    @Override
    public Image importRootfs(Path file, String reference, ImageConfig config, Progress progress) {
        return loader.importRootfs(file, reference, config, progress);
    }

    @Override
    public Arrival receive(String name) {
        return ArrivingFile.open(directories, name);
    }

    @Override
    public List<Image> list() {
        return images.list();
    }

    @Override
    public Optional<Image> find(String reference) {
        return images.find(reference);
    }

    @Override
    public void remove(String reference) {
        Image image = find(reference)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.NOT_FOUND,
                        "image " + Text.printable(reference)
                                + " not found on this node; swarm:image-ls lists what is"));
        boolean byId = ImageReference.tryParse(reference)
                .filter(named -> named.repository().equals(repository(image)))
                .isEmpty();
        List<String> references = images.references(image.id());
        if (byId && references.size() > 1) {
            throw new SkepException(
                    ErrorCode.AMBIGUOUS,
                    "image " + image.id() + " has several names: " + String.join(", ", references)
                            + "; remove them by name");
        }
        if (references.size() == 1) {
            requireUnused(image);
        }
        images.remove(image.reference());
        directories.trash().empty();
    }

    private void requireUnused(Image image) {
        Optional<String> user = rootFilesystems.user(image.id());
        if (user.isPresent()) {
            throw new SkepException(
                    ErrorCode.IN_USE,
                    "image " + image.reference() + " is used by container " + user.get()
                            + "; remove its service or scale it down first");
        }
    }

    @Override
    public Path mount(Image image, Path containerDir) {
        return rootFilesystems.mount(image, containerDir);
    }

    @Override
    public void unmount(Path containerDir) {
        rootFilesystems.unmount(containerDir);
    }

    @Override
    public List<Path> mounted() {
        return rootFilesystems.mounted();
    }

    private static String repository(Image image) {
        return image.reference().substring(0, image.reference().lastIndexOf(':'));
    }

    private static Path root(BundleContext context, Config config) {
        if (!config.root().isEmpty()) {
            return Path.of(config.root());
        }
        String data = context.getProperty("karaf.data");
        return Path.of(data == null ? "data" : data, "runtime-oci");
    }

    /** The properties of the PID {@code io.skep.runtime.oci} that concern images. */
    public @interface Config {
        /** Directory of images and layers; empty means {@code ${karaf.data}/runtime-oci}. */
        String root() default "";

        /** Bytes that one layer may unpack to before it is refused. */
        long layerBytes() default 64L << 30;

        /** Files, directories and links that one layer may have before it is refused. */
        long layerEntries() default 1_000_000;
    }
}

package io.skep.runtime.oci.image;

import io.skep.api.runtime.Image;
import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.Progress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** Brings images into the store: first every layer, held by the load, then the references; a failure gives up all layers again. */
final class ImageLoad {
    private final StoreDirectories directories;
    private final LayerTable layers;
    private final ImageTable images;
    private final LayerLimits limits;
    private final AtomicLong loads = new AtomicLong();

    ImageLoad(StoreDirectories directories, LayerTable layers, ImageTable images, LayerLimits limits) {
        this.directories = directories;
        this.layers = layers;
        this.images = images;
        this.limits = limits;
    }

    List<Image> load(Path file, Progress progress) {
        progress.report("reading " + file.getFileName());
        try (ImageArchive archive = ImageArchive.open(file, directories, limits, progress)) {
            return load(archive.recipes(), progress);
        } catch (IOException e) {
            throw ImageArchive.unreadable(file, e);
        }
    }

    private List<Image> load(List<ImageRecipe> recipes, Progress progress) throws IOException {
        requireDistinctNames(recipes);
        String owner = "load " + loads.incrementAndGet();
        Set<String> held = new TreeSet<>();
        try {
            for (ImageRecipe recipe : recipes) {
                obtain(recipe, owner, held, progress);
            }
            progress.report("writing to disk");
            directories.flush();
            List<Image> loaded = new ArrayList<>();
            for (ImageRecipe recipe : recipes) {
                for (ImageReference reference : recipe.references()) {
                    loaded.add(put(reference, recipe.manifestDigest(), recipe.document()));
                }
            }
            return List.copyOf(loaded);
        } finally {
            layers.release(held, owner);
            directories.trash().empty();
        }
    }

    Image importRootfs(Path file, String name, ImageConfig config, Progress progress) {
        ImageReference reference = ImageReference.parse(name);
        if (reference.digest().isPresent()) {
            throw new SkepException(ErrorCode.INVALID_ARGUMENT, "an image is imported under a name, not a digest");
        }
        String owner = "load " + loads.incrementAndGet();
        Path work = directories.newTemporary("import");
        String diffId = "";
        progress.report("unpacking " + file.getFileName());
        try (RootfsSource source = RootfsSource.open(file, work)) {
            LayerUnpacker.Unpacked unpacked = unpack(source.stream(), work, progress);
            source.requireSuccess();
            if (unpacked.entries() == 0) {
                throw Failures.malformed(file.toString(), "it contains no files");
            }
            diffId = unpacked.diffId();
            layers.add(diffId, new LayerTable.Fresh(work.resolve("layer"), unpacked.bytes()), owner);
            progress.report("writing to disk");
            directories.flush();
            ImageDocument document = ImageDocument.of(ImageDocument.write(source.modified(), diffId, config));
            return put(reference, "", document);
        } catch (IOException e) {
            throw ImageArchive.unreadable(file, e);
        } finally {
            layers.release(diffId.isEmpty() ? List.of() : List.of(diffId), owner);
            directories.delete(work);
            directories.trash().empty();
        }
    }

    private void obtain(ImageRecipe recipe, String owner, Set<String> held, Progress progress) throws IOException {
        List<String> diffIds = recipe.document().diffIds();
        for (int i = 0; i < diffIds.size(); i++) {
            String diffId = diffIds.get(i);
            ImageRecipe.LayerContent content = recipe.layers().get(i);
            String which = "layer " + (i + 1) + " of " + diffIds.size();
            Progress detail = text -> progress.report(which + ": " + text);
            Path work = directories.newTemporary("layer");
            try {
                boolean known = layers.obtain(diffId, owner, () -> {
                    progress.report("unpacking " + which);
                    return unpack(content, diffId, work, detail);
                });
                held.add(diffId);
                if (known) {
                    detail.report("is there already");
                }
            } finally {
                directories.delete(work);
            }
        }
    }

    private LayerTable.Fresh unpack(ImageRecipe.LayerContent content, String diffId, Path work, Progress progress)
            throws IOException {
        try (InputStream stored = content.open()) {
            LayerUnpacker.Unpacked unpacked = unpackOrBlame(stored, diffId, work, progress);
            if (!unpacked.diffId().equals(diffId)) {
                throw Failures.malformed(
                        "layer " + diffId,
                        "its content has the digest " + unpacked.diffId() + "; copy the image again");
            }
            return new LayerTable.Fresh(work.resolve("layer"), unpacked.bytes());
        }
    }

    /** A layer that makes no sense may only have been damaged on its way: then its blob's digest is the better message. */
    private LayerUnpacker.Unpacked unpackOrBlame(InputStream stored, String diffId, Path work, Progress progress)
            throws IOException {
        try {
            return unpack(stored, work, progress);
        } catch (SkepException e) {
            if (e.code() == ErrorCode.INVALID_ARGUMENT) {
                stored.transferTo(OutputStream.nullOutputStream());
                throw new SkepException(e.code(), "layer " + diffId + ": " + e.getMessage(), e);
            }
            throw e;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            stored.transferTo(OutputStream.nullOutputStream());
            throw Failures.malformed("layer " + diffId, Text.printable(String.valueOf(e.getMessage())), e);
        }
    }

    private LayerUnpacker.Unpacked unpack(InputStream stored, Path work, Progress progress) throws IOException {
        Path target = directories.newLayer(work);
        return new LayerUnpacker(limits).unpack(stored, target, work.resolve("errors"), progress);
    }

    private Image put(ImageReference reference, String manifestDigest, ImageDocument document) {
        long bytes = document.diffIds().stream().mapToLong(layers::bytes).sum();
        Image image = new Image(
                reference.canonical(), document.id(), document.created(), bytes, document.diffIds(), document.config());
        images.put(new StoredImage(image, manifestDigest));
        return image;
    }

    private static void requireDistinctNames(List<ImageRecipe> recipes) {
        Map<String, String> ids = new HashMap<>();
        for (ImageRecipe recipe : recipes) {
            for (ImageReference reference : recipe.references()) {
                String id = recipe.document().id();
                String other = ids.putIfAbsent(reference.canonical(), id);
                if (other != null && !other.equals(id)) {
                    throw new SkepException(
                            ErrorCode.INVALID_ARGUMENT,
                            "the archive holds two images called " + reference.canonical() + " (" + other + ", " + id
                                    + "); save them with different names");
                }
            }
        }
    }
}

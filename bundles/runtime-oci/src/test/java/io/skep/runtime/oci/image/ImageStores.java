package io.skep.runtime.oci.image;

import java.nio.file.Path;

/** Opens image stores for tests of the runtime. */
public final class ImageStores {
    private ImageStores() {}

    public static LayeredImageStore open(Path root) {
        return new LayeredImageStore(root, LayerLimits.STANDARD);
    }
}

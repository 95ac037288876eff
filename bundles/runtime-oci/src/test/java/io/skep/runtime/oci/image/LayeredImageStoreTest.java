package io.skep.runtime.oci.image;

import io.skep.api.runtime.ImageStore;
import io.skep.contracts.runtime.ImageStoreContract;
import java.nio.file.Path;

class LayeredImageStoreTest extends ImageStoreContract {
    @Override
    protected ImageStore open(Path root) {
        return new LayeredImageStore(root, LayerLimits.STANDARD);
    }
}

package io.skep.manager;

import io.skep.api.control.ImageDistribution;
import io.skep.api.dispatch.ImageWire;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.store.Store;
import io.skep.api.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Brings images to all nodes; its end gives up what is on its way. */
@Component(service = ImageDistribution.class)
public final class ImageDistributor implements ImageDistribution {
    private final Store store;
    private final Transport transport;
    private final EventLoop loop;
    private final Effects effects;
    private final Entropy entropy;
    private final Set<ImageRun> runs = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    @Activate
    public ImageDistributor(
            @Reference Store store,
            @Reference Transport transport,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference Entropy entropy) {
        this.store = store;
        this.transport = transport;
        this.loop = loop;
        this.effects = effects;
        this.entropy = entropy;
    }

    @Deactivate
    void stop() {
        stopped = true;
        List.copyOf(runs).forEach(ImageRun::close);
    }

    @Override
    public Run begin(Path file, Optional<ImageWire.Rootfs> rootfs) {
        ImageRun run = new ImageRun(
                new ImageCourier.Load(file, rootfs, entropy.newId()),
                transport,
                loop.open("images"),
                effects,
                runs::remove);
        runs.add(run);
        run.begin(store);
        if (stopped) {
            run.close();
        }
        return run;
    }
}

package io.skep.runtime.oci;

import io.skep.api.runtime.ImageConfig;
import io.skep.api.runtime.ImageStore;
import io.skep.api.runtime.Progress;
import io.skep.runtime.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes the image of the tests from the host's static busybox: no network, half a second. */
final class BusyboxImage {
    static final String REFERENCE = "skep/busybox:1";

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private BusyboxImage() {}

    static void load(ImageStore store, Path scratch) throws IOException {
        Path rootfs = scratch.resolve("busybox");
        for (String dir : List.of("bin", "etc", "tmp", "proc", "dev", "sys")) {
            Files.createDirectories(rootfs.resolve(dir));
        }
        Files.copy(BUSYBOX, rootfs.resolve("bin/busybox"));
        Program.of(
                        Duration.ofSeconds(20),
                        List.of("chmod", "755", rootfs.resolve("bin/busybox").toString()))
                .run();
        String tools = Program.of(Duration.ofSeconds(20), List.of(BUSYBOX.toString(), "--list"))
                .run()
                .text();
        for (String tool : tools.lines().filter(name -> !name.equals("busybox")).toList()) {
            Files.createSymbolicLink(rootfs.resolve("bin").resolve(tool), Path.of("busybox"));
        }
        Files.writeString(rootfs.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\nbee:x:1000:1000::/tmp:/bin/sh\n");
        Files.writeString(rootfs.resolve("etc/group"), "root:x:0:root\nbee:x:1000:\nswarm:x:2000:bee\n");
        ImageConfig config = new ImageConfig(
                List.of(),
                List.of("/bin/sh", "-c", "echo by default"),
                List.of("FLAVOUR=plain"),
                "",
                "",
                "",
                Map.of(),
                List.of(),
                List.of("/store"));
        Files.createDirectory(rootfs.resolve("store"));
        Files.writeString(rootfs.resolve("store/first"), "from the image\n");
        store.importRootfs(rootfs, REFERENCE, config, Progress.NONE);
    }
}

package io.skep.runtime.oci;

import io.skep.contracts.runtime.ContainerConfigs;
import io.skep.contracts.runtime.Programs;
import io.skep.runtime.oci.image.ImageStores;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A virtual machine to be killed: prepares, starts and removes containers on two threads and prints a line for each verb. */
final class PrepareForever {
    private PrepareForever() {}

    /** True for every second container of a thread. */
    static boolean removes(String id) {
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)) % 2 == 0;
    }

    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        OciRuntime runtime = new OciRuntime(root, new Engines(root, "runc", Engines.SEARCHED), ImageStores.open(root));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        for (int thread = 0; thread < 2; thread++) {
            String prefix = arguments[1] + thread + "-";
            pool.execute(() -> {
                for (int i = 0; ; i++) {
                    String id = prefix + i;
                    System.out.println("prepare " + id);
                    runtime.prepare(new ContainerConfigs(id, BusyboxImage.REFERENCE)
                            .arguments(Programs.shell("exec sleep 1000"))
                            .build());
                    System.out.println("start " + id);
                    runtime.start(id);
                    if (removes(id)) {
                        System.out.println("remove " + id);
                        runtime.remove(id);
                    }
                }
            });
        }
    }
}

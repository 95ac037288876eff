package io.skep.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of everything that can be listed: a stack that runs, a service that has spoken, a network, a secret and a config. */
final class Shop {
    static final String STACK = "shop";
    static final String WEB = STACK + "_web";
    static final int PORT = 8080;
    /** A service whose one task ended in order after it had said {@link #WORD}. */
    static final String SPEAKER = "speaker";

    static final String WORD = "honey is ready";
    static final String NETWORK = "back";
    static final String SECRET = "key";
    static final String CONFIG = "shape";

    private static final Path FOLDER = Path.of(System.getProperty("karaf.data", ""));
    static final Path FILE = FOLDER.resolve("shop.yml");

    private Shop() {}

    /** Opens it; a second time does nothing. */
    static void open(CommandLine shell) throws IOException {
        BusyboxImage.load(shell);
        if (Files.exists(FILE)) {
            return;
        }
        Files.writeString(FILE, """
                services:
                  web:
                    image: %s
                    ports: ["%d:80"]
                    deploy: {replicas: 2}
                """.formatted(BusyboxImage.NAME, PORT));
        shell.run("swarm:stack-deploy --wait -c " + FILE + " " + STACK);
        shell.run("swarm:service-create --mode replicated-job --name " + SPEAKER + " " + BusyboxImage.NAME
                + " sh -c 'echo " + WORD + "'");
        shell.run("swarm:network-create --subnet 10.77.0.0/24 " + NETWORK);
        Path content = Files.writeString(FOLDER.resolve("content.txt"), "hexagonal\n");
        shell.run("swarm:secret-create " + SECRET + " " + content);
        shell.run("swarm:config-create " + CONFIG + " " + content);
    }
}

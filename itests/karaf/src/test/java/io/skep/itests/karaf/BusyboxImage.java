package io.skep.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** An image made from the host's busybox: a web server that answers with one line. */
final class BusyboxImage {
    static final String NAME = "test/web:1";
    static final String ANSWER = "bees";
    private static final Path FOLDER = Path.of(System.getProperty("karaf.data", ""), "test-image");
    static final Path STACK = FOLDER.resolveSibling("test-stack.yml");

    /** A docker-archive of an image of one layer. */
    private static final String PACK = """
            set -e
            cd "$1/.."
            tar -C "$1" -cf layer.tar .
            printf '{"architecture":"%s","os":"linux","config":{"Cmd":["serve"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \\
                "$(uname -m | sed 's/x86_64/amd64/;s/aarch64/arm64/')" "$(sha256sum layer.tar | cut -d ' ' -f 1)" >config.json
            printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$2" >manifest.json
            tar -cf image.tar manifest.json config.json layer.tar
            """;

    private BusyboxImage() {}

    /** Writes a file with the same image under another name. */
    static Path archive(String name) throws IOException, InterruptedException {
        Process pack = new ProcessBuilder("bash", "-c", PACK, "pack", FOLDER.toString(), name)
                .inheritIO()
                .start();
        if (pack.waitFor() != 0) {
            throw new IOException("the image cannot be packed: " + pack.exitValue());
        }
        return FOLDER.resolveSibling("image.tar");
    }

    /** Makes the root file system and imports it; a second time does nothing. */
    static void load(CommandLine shell) throws IOException {
        if (Files.exists(STACK)) {
            return;
        }
        Path bin = Files.createDirectories(FOLDER.resolve("bin"));
        for (String folder : List.of("dev", "etc", "proc", "sys", "tmp", "run", "www")) {
            Files.createDirectories(FOLDER.resolve(folder));
        }
        Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
        for (String applet : List.of("sh", "httpd", "sleep")) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        Files.writeString(FOLDER.resolve("www/index.html"), ANSWER + "\n");
        // Process 1 of a container dies of no signal that it does not handle.
        Path serve = bin.resolve("serve");
        Files.writeString(
                serve,
                "#!/bin/sh\nhttpd -f -p 80 -h /www &\nserver=$!\ntrap 'kill $server; exit 0' TERM\nwait $server\n");
        Files.setPosixFilePermissions(serve, PosixFilePermissions.fromString("rwxr-xr-x"));
        shell.run("swarm:image-import -c 'CMD [\"serve\"]' " + FOLDER + " " + NAME);
        Files.writeString(STACK, "services:\n  web:\n    image: " + NAME + "\n");
    }
}

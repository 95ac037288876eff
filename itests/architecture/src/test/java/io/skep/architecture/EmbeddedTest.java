package io.skep.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What bundles embed of the libraries that they use. */
class EmbeddedTest {
    /** Atomix would bring old ones; without Netty its own messaging cannot even be loaded. */
    private static final List<String> NOT_OF_ATOMIX =
            List.of("io/netty/", "META-INF/native/", "io/github/classgraph/", "com/typesafe/config/");

    @Test
    void theConsensusOfAtomixHasNoNetworkOfItsOwn() throws IOException, URISyntaxException, ClassNotFoundException {
        Class<?> engine = Class.forName("io.skep.consensus.atomix.AtomixConsensus");
        Set<String> names = names(Path.of(
                engine.getProtectionDomain().getCodeSource().getLocation().toURI()));

        assertThat(names).contains("io/atomix/protocols/raft/impl/RaftContext.class");
        assertThat(names).noneMatch(name -> NOT_OF_ATOMIX.stream().anyMatch(name::startsWith));
    }

    /** All files of a bundle and of the jars in it; a bundle that was not packed yet is a directory. */
    private static Set<String> names(Path bundle) throws IOException {
        if (Files.isDirectory(bundle)) {
            return namesUnder(bundle);
        }
        try (FileSystem packed = FileSystems.newFileSystem(bundle)) {
            return namesUnder(packed.getPath("/"));
        }
    }

    private static Set<String> namesUnder(Path root) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                names.add(root.relativize(file).toString());
                if (file.toString().endsWith(".jar")) {
                    addNames(file, names);
                }
            }
        }
        return names;
    }

    private static void addNames(Path jar, Set<String> names) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
            }
        }
    }
}

package io.skep.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is looked for in the sources themselves. */
class TidinessTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final int LONGEST = 400;
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern SUPPRESSED = Pattern.compile("@SuppressWarnings\\([^)]*\\)(?!\\s*//)");
    private static final Pattern LOCK = Pattern.compile("\\bsynchronized\\s*\\(|ReentrantLock|ReentrantReadWriteLock");

    private static List<Path> sources(String... folders) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> tree = Files.walk(ROOT.resolve(folder))) {
                tree.filter(path -> path.toString().endsWith(".java")
                                && !path.toString().contains("/target/"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<String> matching(Pattern pattern, List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(ROOT.relativize(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    @Test
    void noFileIsTooLongToRead() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources("bundles", "itests", "benchmarks")) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST) {
                tooLong.add(ROOT.relativize(file) + " has " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        List<Path> files = sources("bundles", "benchmarks");
        assertThat(matching(UNFINISHED, files)).isEmpty();
    }

    @Test
    void noWarningIsSuppressedWithoutAReason() throws IOException {
        assertThat(matching(SUPPRESSED, sources("bundles"))).isEmpty();
    }

    @Test
    void nothingLocks() throws IOException {
        assertThat(matching(LOCK, sources("bundles"))).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        List<String> bare = new ArrayList<>();
        for (Path file : sources("bundles")) {
            Path info = file.resolveSibling("package-info.java");
            boolean main = file.toString().contains("/src/main/");
            if (main && (!Files.exists(info) || !Files.readString(info).contains("NullMarked"))) {
                bare.add(ROOT.relativize(info).toString());
            }
        }
        assertThat(bare.stream().distinct()).isEmpty();
    }
}

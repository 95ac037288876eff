package io.skep.contracts.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * An image in memory that can be written in each form that a store loads.
 *
 * @param layers tars, lowest first
 * @param config the value of {@code config} in the image's configuration, JSON
 * @param platform such as {@code linux/amd64}
 */
public record TestImage(List<byte[]> layers, String config, String platform) {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** This machine's platform. */
    public static final String HOST =
            "linux/" + (System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64");

    public TestImage {
        layers = List.copyOf(layers);
    }

    /** An image for this machine's platform. */
    public static TestImage of(String config, byte[]... layers) {
        return new TestImage(List.of(layers), config, HOST);
    }

    /** {@code sha256:} and the digest of the bytes. */
    public static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes, compressed. */
    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The image's configuration. */
    public byte[] document() {
        String os = platform.substring(0, platform.indexOf('/'));
        String architecture = platform.substring(platform.indexOf('/') + 1);
        String diffIds = layers.stream().map(l -> '"' + digest(l) + '"').collect(Collectors.joining(","));
        return utf8("{\"created\":\"2024-05-06T07:08:09.123+02:00\",\"architecture\":\"" + architecture + "\",\"os\":\""
                + os + "\",\"config\":" + config + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + diffIds + "]}}");
    }

    /** The image's id. */
    public String id() {
        return digest(document());
    }

    /** Digests of the unpacked layers. */
    public List<String> diffIds() {
        return layers.stream().map(TestImage::digest).toList();
    }

    /** The manifest of the image in an OCI layout. */
    public byte[] manifest() {
        String descriptors = layers.stream()
                .map(TestImage::gzip)
                .map(l -> descriptor("application/vnd.oci.image.layer.v1.tar+gzip", l, ""))
                .collect(Collectors.joining(","));
        return utf8("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", document(), "") + ",\"layers\":[" + descriptors
                + "]}");
    }

    /** The files of an OCI layout of this image alone. */
    public Map<String, byte[]> layout(String name) {
        return layout(Map.of(name, this));
    }

    /** The files of an OCI layout of several images by their names, each described with its platform. */
    public static Map<String, byte[]> layout(Map<String, TestImage> images) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> manifests = new ArrayList<>();
        images.forEach((name, image) -> {
            image.layers.forEach(layer -> put(files, gzip(layer)));
            put(files, image.document());
            put(files, image.manifest());
            String[] platform = image.platform.split("/", -1);
            manifests.add(descriptor(
                    MANIFEST,
                    image.manifest(),
                    ",\"platform\":{\"os\":\"" + platform[0] + "\",\"architecture\":\"" + platform[1]
                            + "\"},\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}"));
        });
        files.put("oci-layout", utf8("{\"imageLayoutVersion\":\"1.0.0\"}"));
        files.put("index.json", utf8("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", manifests) + "]}"));
        return files;
    }

    /** The files that docker save writes for this image. */
    public Map<String, byte[]> dockerArchive(String... tags) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String config = id().substring(7) + ".json";
        files.put(config, document());
        List<String> names = new ArrayList<>();
        for (byte[] layer : layers) {
            String name = digest(layer).substring(7) + "/layer.tar";
            files.put(name, layer);
            names.add('"' + name + '"');
        }
        String quoted = List.of(tags).stream().map(t -> '"' + t + '"').collect(Collectors.joining(","));
        files.put(
                "manifest.json",
                utf8("[{\"Config\":\"" + config + "\",\"RepoTags\":[" + quoted + "],\"Layers\":["
                        + String.join(",", names) + "]}]"));
        return files;
    }

    /** Writes files into a new directory. */
    public static Path writeDirectory(Path directory, Map<String, byte[]> files) {
        files.forEach((name, content) -> write(directory.resolve(name), content));
        return directory;
    }

    /** Writes files as a tar. */
    public static Path writeTar(Path tar, Map<String, byte[]> files) {
        return write(tar, tar(files));
    }

    /** Files as a tar. */
    public static byte[] tar(Map<String, byte[]> files) {
        TarBuilder builder = new TarBuilder();
        files.forEach((name, content) -> builder.file(name, 0644, content));
        return builder.build();
    }

    /** Writes a file, its directories included. */
    public static Path write(Path file, byte[] content) {
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Map<String, byte[]> files, byte[] blob) {
        files.put("blobs/sha256/" + digest(blob).substring(7), blob);
    }

    private static String descriptor(String mediaType, byte[] blob, String more) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest(blob) + "\",\"size\":" + blob.length + more
                + "}";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

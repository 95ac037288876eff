package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an image as users write it, with what they leave out filled in: the tag {@code latest}; the registry
 * {@code docker.io} and its folder {@code library} are dropped, so that each image has one spelling (grammar: distribution
 * reference).
 *
 * @param repository such as {@code example/web} or {@code registry:5000/web}
 * @param tag {@code latest} unless given
 * @param digest of the manifest, when the name is pinned
 */
record ImageReference(String repository, String tag, Optional<String> digest) {
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9a-fA-F:]+\\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]+)?");
    private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final int LONGEST = 255;

    /** Takes a reference apart; fails with INVALID_ARGUMENT. */
    static ImageReference parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + Text.printable(text) + "' is not an image reference; write it like web, example/web:1 or"
                                + " registry:5000/web@sha256:… (the name in lower case)"));
    }

    static Optional<ImageReference> tryParse(String text) {
        String rest = text;
        Optional<String> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(rest.substring(at + 1)).filter(Sha256::isDigest);
            rest = rest.substring(0, at);
            if (digest.isEmpty()) {
                return Optional.empty();
            }
        }
        int colon = rest.lastIndexOf(':');
        boolean tagged = colon > rest.lastIndexOf('/');
        String tag = tagged ? rest.substring(colon + 1) : "latest";
        String repository = familiar(tagged ? rest.substring(0, colon) : rest);
        boolean valid = repository.length() <= LONGEST
                && isRepository(repository)
                && TAG.matcher(tag).matches();
        return valid ? Optional.of(new ImageReference(repository, tag, digest)) : Optional.empty();
    }

    /** The one spelling, without the digest: {@code example/web:1}. */
    String canonical() {
        return repository + ":" + tag;
    }

    private static String familiar(String repository) {
        String name = repository;
        for (String implied : new String[] {"docker.io/", "index.docker.io/"}) {
            if (name.startsWith(implied)) {
                name = name.substring(implied.length());
                break;
            }
        }
        String inLibrary = name.startsWith("library/") ? name.substring("library/".length()) : name;
        return inLibrary.contains("/") ? name : inLibrary;
    }

    private static boolean isRepository(String repository) {
        int slash = repository.indexOf('/');
        if (slash > 0 && isHost(repository.substring(0, slash))) {
            return PATH.matcher(repository.substring(slash + 1)).matches();
        }
        return PATH.matcher(repository).matches();
    }

    /** A first component is a registry when it looks like a host: a dot, a port, an upper case letter, or localhost. */
    private static boolean isHost(String component) {
        boolean likely = component.contains(".")
                || component.contains(":")
                || component.equals("localhost")
                || component.chars().anyMatch(Character::isUpperCase);
        return likely && HOST.matcher(component).matches();
    }
}

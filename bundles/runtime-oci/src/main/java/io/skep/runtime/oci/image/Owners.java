package io.skep.runtime.oci.image;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Immutable sets of those who hold a layer, with their names: an image, a container, a load. */
final class Owners {
    private Owners() {}

    static Set<String> with(Set<String> owners, String owner) {
        Set<String> copy = new TreeSet<>(owners);
        copy.add(owner);
        return Collections.unmodifiableSet(copy);
    }

    static Set<String> without(Set<String> owners, String owner) {
        Set<String> copy = new TreeSet<>(owners);
        copy.remove(owner);
        return Collections.unmodifiableSet(copy);
    }

    static String image(String reference, String id) {
        return "image " + reference + " " + id;
    }

    static String container(String id) {
        return "container " + id;
    }
}

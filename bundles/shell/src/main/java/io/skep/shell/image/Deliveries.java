package io.skep.shell.image;

import io.skep.api.control.ImageDistribution.Delivery;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.shell.Columns;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of images on each node. Pure.
 *
 * @param all by node
 */
record Deliveries(List<Delivery> all) {
    Deliveries {
        all = List.copyOf(all);
    }

    /** A line for each node. */
    Columns table() {
        Columns table = new Columns("NODE", "RESULT");
        all.forEach(one -> table.add(one.node(), result(one)));
        return table;
    }

    private static String result(Delivery one) {
        return one.failure()
                .map(why -> "failed: " + why)
                .orElseGet(() -> "loaded " + String.join(", ", one.references()));
    }

    /** Fails unless every node has the images. */
    void requireComplete() {
        List<String> without = all.stream()
                .filter(one -> one.failure().isPresent())
                .map(Delivery::node)
                .toList();
        if (!without.isEmpty()) {
            throw new SkepException(
                    ErrorCode.PART_MISSING,
                    without.size() + " of " + all.size() + " nodes are without the image: "
                            + without.stream().collect(Collectors.joining(", "))
                            + "; mend what the table says and repeat the command, which does no harm to the others");
        }
    }
}

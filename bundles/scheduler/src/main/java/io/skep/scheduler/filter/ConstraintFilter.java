package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.placement.Constraint;
import java.util.List;
import java.util.Objects;

/** Rules out nodes that do not meet all constraints. */
public final class ConstraintFilter implements Filter {
    private final List<Constraint> constraints;

    private ConstraintFilter(List<Constraint> constraints) {
        this.constraints = constraints;
    }

    /** Reads the constraints; a malformed one rules out every node and says so, since it must not keep other tasks waiting. */
    public static Filter of(List<String> texts) {
        try {
            return new ConstraintFilter(Constraint.parse(texts));
        } catch (SkepException malformed) {
            return new Malformed(Objects.requireNonNull(malformed.getMessage()));
        }
    }

    @Override
    public boolean accepts(Candidate candidate, Task task) {
        return Constraint.allMatch(constraints, candidate.node());
    }

    @Override
    public String explain(int nodes) {
        return Wording.on("scheduling constraints not satisfied", nodes);
    }

    /**
     * A constraint that cannot be read.
     *
     * @param message for people
     */
    private record Malformed(String message) implements Filter {
        @Override
        public boolean accepts(Candidate candidate, Task task) {
            return false;
        }

        @Override
        public String explain(int nodes) {
            return message;
        }
    }
}

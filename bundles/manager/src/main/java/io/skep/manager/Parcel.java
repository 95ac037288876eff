package io.skep.manager;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.SessionWire;
import io.skep.api.dispatch.Surroundings;
import io.skep.api.dispatch.TaskData;
import io.skep.api.identity.SwarmFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes to an agent in one news, before it is numbered; pure.
 *
 * @param assignments what is new
 * @param whole true for a part of a complete assignment
 * @param last false when a complete assignment goes on in the next parcel
 * @param facts when they are new
 */
record Parcel(Assignments assignments, boolean whole, boolean last, Optional<SwarmFacts> facts) {
    /** Assignments in one news: few enough that packing them keeps nobody waiting. */
    private static final int PORTION = 200;

    /** Characters of secrets and configs in one news, beyond which no other joins them: two of the largest fit into a message. */
    private static final int DATA_PORTION = 1 << 20;

    /** What fits into one news. */
    private record Piece(List<Assignment> put, List<TaskData> data) {}

    /** Everything that a node should run. */
    static List<Parcel> everything(
            List<Assignment> all, List<TaskData> data, Surroundings surroundings, SwarmFacts facts) {
        List<Parcel> parcels = new ArrayList<>();
        List<Piece> pieces = pieces(all, data);
        for (Piece piece : pieces) {
            boolean first = parcels.isEmpty();
            Assignments part = new Assignments(
                    first,
                    piece.put(),
                    List.of(),
                    first ? Optional.of(surroundings) : Optional.empty(),
                    piece.data(),
                    List.of());
            boolean last = parcels.size() + 1 == pieces.size();
            parcels.add(new Parcel(part, true, last, first ? Optional.of(facts) : Optional.empty()));
        }
        return parcels;
    }

    /** What is new; the facts come with the first news. */
    static List<Parcel> difference(Assignments news, Optional<SwarmFacts> facts) {
        List<Parcel> parcels = new ArrayList<>();
        for (Piece piece : pieces(news.put(), news.data())) {
            Assignments part = parcels.isEmpty()
                    ? new Assignments(
                            false, piece.put(), news.removed(), news.surroundings(), piece.data(), news.obsolete())
                    : new Assignments(false, piece.put(), List.of(), Optional.empty(), piece.data(), List.of());
            parcels.add(new Parcel(part, false, true, parcels.isEmpty() ? facts : Optional.empty()));
        }
        return parcels;
    }

    /** Data first, for no task may come before what it reads. */
    private static List<Piece> pieces(List<Assignment> put, List<TaskData> data) {
        List<Piece> pieces = new ArrayList<>();
        List<TaskData> portion = new ArrayList<>();
        int size = 0;
        for (TaskData one : data) {
            int length = one.content().value().length();
            if (size > 0 && size + length > DATA_PORTION) {
                pieces.add(new Piece(List.of(), List.copyOf(portion)));
                portion.clear();
                size = 0;
            }
            portion.add(one);
            size += length;
        }
        int from = 0;
        do {
            int to = Math.min(put.size(), from + PORTION);
            pieces.add(new Piece(put.subList(from, to), from == 0 ? portion : List.of()));
            from = to;
        } while (from < put.size());
        return pieces;
    }

    boolean divisible() {
        return assignments.put().size() > 1;
    }

    /** The same in two. */
    List<Parcel> halves() {
        List<Assignment> put = assignments.put();
        int middle = put.size() / 2;
        Assignments first = new Assignments(
                assignments.complete(),
                put.subList(0, middle),
                assignments.removed(),
                assignments.surroundings(),
                assignments.data(),
                assignments.obsolete());
        Assignments second = Assignments.of(put.subList(middle, put.size()), List.of());
        return List.of(new Parcel(first, whole, !whole, facts), new Parcel(second, whole, last, Optional.empty()));
    }

    SessionWire.News news(String sessionId, long sequence) {
        return new SessionWire.News(sessionId, sequence, assignments, last, facts);
    }
}

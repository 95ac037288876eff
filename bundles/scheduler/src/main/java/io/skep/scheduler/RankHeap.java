package io.skep.scheduler;

/**
 * A binary heap of choices, the best on top, that finds a choice again when its rank changes. Several heaps may share the ranks and the
 * places as long as each choice is in one of them only.
 */
final class RankHeap {
    private final Ranks ranks;
    private final int[] places;
    private final int[] heap;

    /**
     * Orders the members in time proportional to their number.
     *
     * @param ranks of all choices
     * @param places where a choice is in its heap, -1 when in none; the entries of the members are written
     * @param members the choices of this heap; becomes its own
     */
    RankHeap(Ranks ranks, int[] places, int[] members) {
        this.ranks = ranks;
        this.places = places;
        this.heap = members;
        for (int place = 0; place < heap.length; place++) {
            places[heap[place]] = place;
        }
        for (int place = heap.length / 2 - 1; place >= 0; place--) {
            sink(place);
        }
    }

    /** The best choice that is fit, or -1. */
    int top() {
        return heap.length == 0 || ranks.unfit(heap[0]) ? -1 : heap[0];
    }

    /** Puts a choice in its place again after its rank changed; one that is in no heap stays out. */
    void changed(int choice) {
        int place = places[choice];
        if (place >= 0 && !rise(place)) {
            sink(place);
        }
    }

    private boolean rise(int from) {
        int choice = heap[from];
        int place = from;
        while (place > 0 && ranks.before(choice, heap[(place - 1) / 2])) {
            put(heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        put(choice, place);
        return place != from;
    }

    private void sink(int from) {
        int choice = heap[from];
        int place = from;
        for (int child = betterChild(place); child >= 0; child = betterChild(place)) {
            if (!ranks.before(heap[child], choice)) {
                break;
            }
            put(heap[child], place);
            place = child;
        }
        put(choice, place);
    }

    private int betterChild(int place) {
        int left = 2 * place + 1;
        int right = left + 1;
        if (left >= heap.length) {
            return -1;
        }
        return right < heap.length && ranks.before(heap[right], heap[left]) ? right : left;
    }

    private void put(int choice, int place) {
        heap[place] = choice;
        places[choice] = place;
    }
}

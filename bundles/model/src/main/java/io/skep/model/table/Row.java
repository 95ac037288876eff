package io.skep.model.table;

/** A record that lives in a {@link Table}. */
public interface Row {
    /** The key in its table. */
    String id();
}

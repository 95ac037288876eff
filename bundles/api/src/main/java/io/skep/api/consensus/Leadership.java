package io.skep.api.consensus;

import java.util.Optional;

/**
 * Who leads, as one member sees it.
 *
 * @param term grows with every election
 * @param leader the leader's member id, empty while there is none
 * @param local true when this member leads
 */
public record Leadership(long term, Optional<String> leader, boolean local) {}

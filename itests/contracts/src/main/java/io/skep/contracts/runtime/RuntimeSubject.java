package io.skep.contracts.runtime;

/** What the parts of the contract share. */
interface RuntimeSubject {
    /** The runtime of the present test. */
    RuntimeBench bench();
}

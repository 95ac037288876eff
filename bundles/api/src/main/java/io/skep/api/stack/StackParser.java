package io.skep.api.stack;

import org.osgi.annotation.versioning.ProviderType;

/** Turns a stack file into specs. Pure and exclusive (bound by a configured target such as {@code (engine=compose)}); reads other files only through the source. */
@ProviderType
public interface StackParser {
    /** Parses; never throws for a bad file: every fault is a finding with its place. */
    ParsedStack parse(StackSource source);
}

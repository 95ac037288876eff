package io.skep.api.stack;

import io.skep.model.DataSpec;
import io.skep.model.Sensitive;

/**
 * A secret or a config that a stack brings.
 *
 * @param spec name and labels
 * @param data the content in base 64
 */
public record StackData(DataSpec spec, Sensitive data) {}

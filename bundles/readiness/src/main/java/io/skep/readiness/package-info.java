/** Tells whoever started the node that it is up. */
@org.jspecify.annotations.NullMarked
package io.skep.readiness;

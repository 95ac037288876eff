/** Tests that run inside the assembled distribution. */
@org.jspecify.annotations.NullMarked
package io.skep.itests.karaf;

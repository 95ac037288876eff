/** What goes wrong in a lab, as data: lines of text that can be made from a seed, kept, and repeated. */
@NullMarked
package io.skep.cluster.fault;

import org.jspecify.annotations.NullMarked;

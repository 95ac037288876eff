/** The parts of a node for tests of whole swarms: the production classes, put together as their bundles do it, in real or in virtual time. */
@NullMarked
package io.skep.parts;

import org.jspecify.annotations.NullMarked;

/** Tests as text tables: input and expected output in files that people review as a diff. */
@NullMarked
package io.skep.contracts.table;

import org.jspecify.annotations.NullMarked;

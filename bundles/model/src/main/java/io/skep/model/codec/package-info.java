/** Bytes and text from records: CBOR in the log and on the wire, JSON for people and HTTP. */
@NullMarked
@Export
@Version("1.0.0")
package io.skep.model.codec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** X.509: certificates, requests for them, and what to believe of them. */
@NullMarked
package io.skep.identity.ca;

import org.jspecify.annotations.NullMarked;

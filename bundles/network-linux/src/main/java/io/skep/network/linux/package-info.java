/** Network namespaces, bridges and nftables rules of one Linux node, made with iproute2 and nft. */
@NullMarked
package io.skep.network.linux;

import org.jspecify.annotations.NullMarked;

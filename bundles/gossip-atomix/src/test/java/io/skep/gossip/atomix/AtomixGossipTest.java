package io.skep.gossip.atomix;

import io.skep.contracts.gossip.GossipContract;
import io.skep.contracts.gossip.GossipSwarm;

/** Atomix's SWIM over our sockets keeps the contract. */
class AtomixGossipTest extends GossipContract {
    @Override
    protected GossipSwarm newSwarm() {
        return new SocketSwarm();
    }
}

package io.skep.shell;

import io.skep.model.Node;
import io.skep.model.table.Table;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of nodes. */
@Service
public final class NodeNames extends Names {
    public NodeNames() {
        super(cluster -> cluster.all(Table.NODES).stream().map(Node::displayName));
    }
}

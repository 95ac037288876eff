package io.skep.consensus.atomix;

import io.atomix.primitive.PrimitiveBuilder;
import io.atomix.primitive.PrimitiveManagementService;
import io.atomix.primitive.PrimitiveType;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.primitive.SyncPrimitive;
import io.atomix.primitive.config.PrimitiveConfig;
import io.atomix.primitive.service.PrimitiveService;
import io.atomix.primitive.service.ServiceConfig;
import io.atomix.utils.serializer.Namespace;
import io.atomix.utils.serializer.Serializer;
import java.util.Collection;
import java.util.List;

/** The one type of service that a group runs, and the registry that knows only it, so that no class path is scanned. */
@SuppressWarnings("rawtypes") // Atomix's interfaces name the generic PrimitiveType without arguments
final class MachineType
        implements PrimitiveType<PrimitiveBuilder, PrimitiveConfig, SyncPrimitive>, PrimitiveTypeRegistry {
    static final String NAME = "skep";

    private final MachineHost host;
    private final MachineService.Chores chores;
    private final Namespace namespace = Wire.service();

    MachineType(MachineHost host, MachineService.Chores chores) {
        this.host = host;
        this.chores = chores;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Namespace namespace() {
        return namespace;
    }

    @Override
    public PrimitiveService newService(ServiceConfig config) {
        return new MachineService(host, Serializer.using(namespace), chores);
    }

    @Override
    public Collection<PrimitiveType> getPrimitiveTypes() {
        return List.of(this);
    }

    @Override
    public PrimitiveType getPrimitiveType(String name) {
        return this;
    }

    @Override
    public PrimitiveConfig newConfig() {
        throw new UnsupportedOperationException("only the Raft service of this type is used");
    }

    @Override
    public PrimitiveBuilder newBuilder(String name, PrimitiveConfig config, PrimitiveManagementService service) {
        throw new UnsupportedOperationException("only the Raft service of this type is used");
    }
}

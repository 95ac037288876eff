package io.skep.identity;

import io.skep.api.identity.Founding;
import io.skep.api.identity.LocalManager;
import io.skep.model.Sensitive;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The {@link LocalManager}, made anew for each promotion. */
final class SwarmMember implements LocalManager {
    private final SwarmNode node;
    private final String memberId;
    private final boolean founder;
    private final Path directory;
    private final byte[] logKey;

    SwarmMember(SwarmNode node, String memberId, boolean founder, Path directory, Sensitive logKey) {
        this.node = node;
        this.memberId = memberId;
        this.founder = founder;
        this.directory = directory;
        this.logKey = Base64.getDecoder().decode(logKey.value());
    }

    @Override
    public String memberId() {
        return memberId;
    }

    @Override
    public List<String> foundingMembers() {
        return founder ? List.of(memberId) : List.of();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public byte[] logKey() {
        return logKey.clone();
    }

    @Override
    public Optional<Founding> founding() {
        return node.founding();
    }

    @Override
    public void founded() {
        node.founded();
    }
}

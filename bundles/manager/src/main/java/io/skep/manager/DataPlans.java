package io.skep.manager;

import io.skep.model.Config;
import io.skep.model.ConfigReference;
import io.skep.model.ContainerSpec;
import io.skep.model.DataSpec;
import io.skep.model.ErrorCode;
import io.skep.model.Secret;
import io.skep.model.SecretReference;
import io.skep.model.Sensitive;
import io.skep.model.Service;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What creating, updating and removing secrets and configs changes; pure. */
final class DataPlans<R extends Row> {
    /** Secrets, at most 500 KiB. */
    static final DataPlans<Secret> SECRETS = new DataPlans<>(
            Table.SECRETS,
            500 * 1024,
            Secret::spec,
            (id, ids, spec, data) -> new Secret(id, ids.now(), ids.now(), spec, data),
            (row, ids, spec) -> new Secret(row.id(), row.createdAt(), ids.now(), spec, row.data()),
            container -> container.secrets().stream().map(SecretReference::secretId));
    /** Configs, at most 1000 KiB. */
    static final DataPlans<Config> CONFIGS = new DataPlans<>(
            Table.CONFIGS,
            1000 * 1024,
            Config::spec,
            (id, ids, spec, data) -> new Config(id, ids.now(), ids.now(), spec, data),
            (row, ids, spec) -> new Config(row.id(), row.createdAt(), ids.now(), spec, row.data()),
            container -> container.configs().stream().map(ConfigReference::configId));

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-_.]{0,62}[a-zA-Z0-9])?");
    private final Table<R> table;
    private final int most;
    private final Function<R, DataSpec> spec;
    private final Maker<R> maker;
    private final Changer<R> changer;
    private final Function<ContainerSpec, Stream<String>> references;

    private interface Maker<R> {
        R make(String id, Ids ids, DataSpec spec, Sensitive data);
    }

    private interface Changer<R> {
        R change(R row, Ids ids, DataSpec spec);
    }

    private DataPlans(
            Table<R> table,
            int most,
            Function<R, DataSpec> spec,
            Maker<R> maker,
            Changer<R> changer,
            Function<ContainerSpec, Stream<String>> references) {
        this.table = table;
        this.most = most;
        this.spec = spec;
        this.maker = maker;
        this.changer = changer;
        this.references = references;
    }

    String idOf(String name, Ids ids) {
        return ids.of(table + "/" + name);
    }

    List<Change> create(Snapshot cluster, Ids ids, DataSpec asked, byte[] data) {
        if (!NAME.matcher(asked.name()).matches()) {
            throw wrong("invalid name '" + asked.name() + "': a " + table
                    + " is named by 1 to 64 letters, digits, '-', '_' and '.', a letter or digit first and last");
        }
        if (data.length == 0 || data.length > most) {
            throw wrong(
                    table + " data must be larger than 0 and at most " + most + " bytes, but this has " + data.length);
        }
        if (cluster.all(table).stream().anyMatch(row -> spec.apply(row).name().equals(asked.name()))) {
            throw new SkepException(
                    ErrorCode.ALREADY_EXISTS,
                    table + " " + asked.name() + " already exists; its content never changes, so choose another name");
        }
        Sensitive content = new Sensitive(Base64.getEncoder().encodeToString(data));
        R row = maker.make(idOf(asked.name(), ids), ids, asked, content);
        return List.of(Claim.of(cluster), new Change.Put<>(table, row, Change.ABSENT));
    }

    List<Change> update(Snapshot cluster, Ids ids, R row, long version, DataSpec asked) {
        if (!asked.name().equals(spec.apply(row).name())) {
            throw wrong("only updates to labels are allowed; create a " + table + " named " + asked.name()
                    + " and let services use it");
        }
        long expected = version == Change.ANY ? cluster.versionOf(table, row.id()) : version;
        return asked.equals(spec.apply(row))
                ? List.of()
                : List.of(new Change.Put<>(table, changer.change(row, ids, asked), expected));
    }

    /** A claim, so that no service begins to use it at the same time. */
    List<Change> remove(Snapshot cluster, R row) {
        List<String> users = cluster.all(Table.SERVICES).stream()
                .filter(service -> !service.removing() && reads(service, row.id()))
                .map(service -> service.spec().name())
                .toList();
        if (!users.isEmpty()) {
            throw new SkepException(
                    ErrorCode.IN_USE,
                    table + " '" + spec.apply(row).name() + "' is in use by the following "
                            + (users.size() == 1 ? "service: " : "services: ") + String.join(", ", users)
                            + "; update or remove them first");
        }
        return List.of(Claim.of(cluster), new Change.Remove(table, row.id(), cluster.versionOf(table, row.id())));
    }

    private boolean reads(Service service, String id) {
        return references.apply(service.spec().taskTemplate().containerSpec()).anyMatch(id::equals);
    }

    private static SkepException wrong(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}

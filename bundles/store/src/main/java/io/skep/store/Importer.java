package io.skep.store;

import io.skep.api.consensus.Group;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Writes the state of an epoch that is over into the log of the next one. */
final class Importer {
    /** So much of a large state is under way at a time. */
    private static final int WINDOW = 64;

    private final CommandSeal seal;

    Importer(CommandSeal seal) {
        this.seal = seal;
    }

    /** The commands that bring the state; takes a while. */
    List<byte[]> commands(long epoch, State state, String name) {
        return Command.split(Command.Import.of(epoch, state).bytes(), () -> name);
    }

    /** Completes when the group has all of them. */
    CompletionStage<?> send(Group group, List<byte[]> commands) {
        List<byte[]> first = commands.subList(0, Math.min(WINDOW, commands.size()));
        CompletableFuture<?> sent = CompletableFuture.allOf(first.stream()
                .flatMap(command -> Stream.of(group.submit(seal.seal(command)).toCompletableFuture()))
                .toArray(CompletableFuture[]::new));
        return first.size() == commands.size()
                ? sent
                : sent.thenCompose(done -> send(group, commands.subList(first.size(), commands.size())));
    }
}

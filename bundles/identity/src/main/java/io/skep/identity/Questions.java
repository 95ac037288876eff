package io.skep.identity;

import io.skep.api.identity.Enrolment.Issued;
import io.skep.identity.host.HostPort;
import io.skep.model.ErrorCode;
import io.skep.model.ErrorKind;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts a question to one manager after the other until one answers or refuses. Blocking. */
final class Questions {
    /** Of those who are not there, or not the ones to ask. */
    private static final Set<ErrorCode> ABSENT =
            EnumSet.of(ErrorCode.PART_MISSING, ErrorCode.TIMED_OUT, ErrorCode.NOT_FOUND);

    /** The transport keeps the time; this is only for one that does not. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final Duration each;

    Questions(Duration each) {
        this.each = each;
    }

    /** How to ask one of them. */
    interface Ask {
        CompletionStage<byte[]> of(HostPort manager, Duration timeout);
    }

    Issued ask(List<HostPort> managers, Ask question) {
        List<SkepException> failures = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (HostPort manager : managers) {
            try {
                return Codec.fromBytes(await(question.of(manager, each)), Issued.class);
            } catch (SkepException e) {
                if (e.kind() == ErrorKind.USER && !ABSENT.contains(e.code())) {
                    throw new SkepException(e.code(), manager.text() + ": " + e.getMessage(), e);
                }
                failures.add(e);
                said.add(manager.text() + ": " + e.getMessage());
            }
        }
        throw new SkepException(
                failures.stream()
                        .map(SkepException::code)
                        .filter(code -> !ABSENT.contains(code))
                        .findFirst()
                        .orElse(ErrorCode.PART_MISSING),
                "no manager lets this node in: " + String.join("; ", said));
    }

    private byte[] await(CompletionStage<byte[]> stage) {
        try {
            return stage.toCompletableFuture().get(each.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SkepException known
                    ? known
                    : new SkepException(ErrorCode.FAILED, "asking failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new SkepException(ErrorCode.TIMED_OUT, "no answer within " + each.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkepException(ErrorCode.PART_MISSING, "asking was interrupted", e);
        }
    }
}

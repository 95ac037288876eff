package io.skep.shell;

import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A command that removes what is named, each by itself: one that cannot go does not keep the others. */
public abstract class RemoveCommand extends SwarmCommand {
    /** What the user named. */
    protected abstract List<String> references();

    /** Removes one and says so. */
    protected abstract void remove(String reference) throws InterruptedException;

    @Override
    protected final void run() throws InterruptedException {
        List<SkepException> failures = new ArrayList<>();
        for (String reference : references()) {
            try {
                remove(reference);
            } catch (SkepException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            String all =
                    failures.stream().map(SkepException::getMessage).distinct().collect(Collectors.joining("\n"));
            throw new SkepException(failures.get(0).code(), all, failures.get(0));
        }
    }
}

package io.skep.agent;

import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.TaskData;
import io.skep.api.runtime.ContainerConfig;
import io.skep.model.ConfigReference;
import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.FileTarget;
import io.skep.model.SecretReference;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the secrets and configs of this node's tasks hold: in memory only, and only as long as a task reads them. On the loop. */
final class TaskFiles {
    private static final String SECRETS = "/run/secrets/";
    private static final String CONFIGS = "/";
    private final Map<String, Sensitive> contents = new HashMap<>();

    /** Before the tasks of the same news. */
    void told(Assignments news) {
        if (news.complete()) {
            contents.clear();
        }
        for (TaskData data : news.data()) {
            contents.put(data.id(), data.content());
        }
        news.obsolete().forEach(contents::remove);
    }

    /**
     * The files of a container.
     *
     * @throws SkepException {@code FAILED} when one was removed from the swarm before it was told
     */
    List<ContainerConfig.File> of(ContainerSpec spec) {
        List<ContainerConfig.File> files = new ArrayList<>();
        for (SecretReference secret : spec.secrets()) {
            files.add(file(SECRETS, secret.file(), content(secret.secretId(), "secret " + secret.secretName())));
        }
        for (ConfigReference config : spec.configs()) {
            files.add(file(CONFIGS, config.file(), content(config.configId(), "config " + config.configName())));
        }
        return files;
    }

    private Sensitive content(String id, String what) {
        Sensitive content = contents.get(id);
        if (content == null) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    "the " + what + " is not in the swarm any more; create it and update the service");
        }
        return content;
    }

    private static ContainerConfig.File file(String folder, FileTarget target, Sensitive content) {
        String path = target.name().startsWith("/") ? target.name() : folder + target.name();
        return new ContainerConfig.File(
                path, content, Integer.parseInt(target.uid()), Integer.parseInt(target.gid()), target.mode());
    }
}

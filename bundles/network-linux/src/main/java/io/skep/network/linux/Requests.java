package io.skep.network.linux;

import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.api.network.SegmentConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Refuses what cannot be a sandbox before anything is made. Pure. */
final class Requests {
    static final int MAX_LINKS = 32;

    private Requests() {}

    static void check(List<SandboxConfig> requests) {
        for (SandboxConfig request : requests) {
            Names.checked(request.id());
            if (request.attachments().size() > MAX_LINKS) {
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "task " + request.id() + " asks for "
                                + request.attachments().size() + " networks; at most " + MAX_LINKS + " are possible");
            }
            checkAttachments(request);
        }
    }

    /** The networks of a statement, by id. */
    static Map<String, Segment> segments(List<SegmentConfig> stated) {
        Map<String, Segment> segments = new TreeMap<>();
        for (SegmentConfig one : stated) {
            if (segments.put(one.networkId(), Segment.of(one)) != null) {
                throw new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "network " + one.networkName() + " is stated twice; name each network once");
            }
        }
        return segments;
    }

    private static void checkAttachments(SandboxConfig request) {
        request.attachments().forEach(Segment::of);
        long networks = request.attachments().stream()
                .map(Attachment::networkId)
                .distinct()
                .count();
        if (networks < request.attachments().size()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "task " + request.id() + " asks for a network twice; name each of its networks once");
        }
    }
}

package io.skep.model.table;

import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.Node;
import io.skep.model.Segment;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.VirtualIp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * What is derived from the tables, so that no decision scans them.
 *
 * @param byService tasks of a service
 * @param byNode tasks of a node, pre-assigned ones included
 * @param unassigned tasks that the scheduler must look at
 * @param loads what nodes carry
 * @param names service and network ids by kind and name
 * @param segments the networks that stand on a node
 * @param addresses by network: address to the id of the task, service or segment that has it
 */
record Indexes(
        Groups<String, Task> byService,
        Groups<String, Task> byNode,
        TreePMap<String, Task> unassigned,
        Loads loads,
        Groups<String, String> names,
        Groups<String, Segment> segments,
        Groups<String, String> addresses) {
    static final String SERVICE = "service";
    static final String NETWORK = "network";

    static Indexes empty() {
        return new Indexes(
                Groups.empty(),
                Groups.empty(),
                TreePMap.empty(),
                Loads.empty(),
                Groups.empty(),
                Groups.empty(),
                Groups.empty());
    }

    /** Follows the rows that one transaction replaces. */
    static final class Edit {
        private final Groups.Edit<String, Task> byService;
        private final Groups.Edit<String, Task> byNode;
        private TreePMap<String, Task> unassigned;
        private final Loads.Edit loads;
        private final Groups.Edit<String, String> names;
        private final Groups.Edit<String, Segment> segments;
        private final Groups.Edit<String, String> addresses;

        Edit(Indexes before) {
            byService = before.byService.edit();
            byNode = before.byNode.edit();
            unassigned = before.unassigned;
            loads = new Loads.Edit(before.loads);
            names = before.names.edit();
            segments = before.segments.edit();
            addresses = before.addresses.edit();
        }

        void node(@Nullable Node before, @Nullable Node after) {
            for (Node node : present(before, after)) {
                loads.touch(node.id());
            }
        }

        void network(@Nullable Network before, @Nullable Network after) {
            rename(
                    NETWORK,
                    before == null ? null : before.spec().name(),
                    after == null ? null : after.spec().name(),
                    id(before, after));
        }

        void segment(@Nullable Segment before, @Nullable Segment after) {
            if (before != null) {
                segments.remove(before.nodeId(), before.id());
                addresses.remove(before.networkId(), before.address());
            }
            if (after != null) {
                segments.put(after.nodeId(), after.id(), after);
                addresses.put(after.networkId(), after.address(), after.id());
            }
        }

        void service(@Nullable Service before, @Nullable Service after) {
            rename(
                    SERVICE,
                    before == null ? null : before.spec().name(),
                    after == null ? null : after.spec().name(),
                    id(before, after));
            if (before != null) {
                before.virtualIps().forEach(vip -> addresses.remove(vip.networkId(), vip.addr()));
            }
            if (after != null) {
                for (VirtualIp vip : after.virtualIps()) {
                    addresses.put(vip.networkId(), vip.addr(), after.id());
                }
            }
        }

        /** A task changed while its status, if any, stayed the same. */
        void task(@Nullable Task before, @Nullable Task after, @Nullable TaskStatus status) {
            if (before != null) {
                take(before, status);
                byService.remove(before.serviceId(), before.id());
                byNode.remove(before.nodeId(), before.id());
                unassigned = unassigned.minus(before.id());
            }
            if (after != null) {
                give(after, status);
                byService.put(after.serviceId(), after.id(), after);
                if (!after.nodeId().isEmpty()) {
                    byNode.put(after.nodeId(), after.id(), after);
                }
                if (!after.assigned() && !after.desiredState().after(TaskState.COMPLETE)) {
                    unassigned = unassigned.plus(after.id(), after);
                }
            }
        }

        /** A status changed while its task stayed the same. */
        void status(Task task, @Nullable TaskStatus before, @Nullable TaskStatus after) {
            take(task, before);
            give(task, after);
        }

        Indexes freeze(Rows<Node> nodes) {
            return new Indexes(
                    byService.freeze(),
                    byNode.freeze(),
                    unassigned,
                    loads.freeze(nodes),
                    names.freeze(),
                    segments.freeze(),
                    addresses.freeze());
        }

        private void take(Task task, @Nullable TaskStatus status) {
            loads.add(Loads.of(task, status), -1);
            for (NetworkAttachment attachment : held(task, status)) {
                addresses.remove(attachment.networkId(), attachment.address());
            }
        }

        private void give(Task task, @Nullable TaskStatus status) {
            loads.add(Loads.of(task, status), 1);
            for (NetworkAttachment attachment : held(task, status)) {
                addresses.put(attachment.networkId(), attachment.address(), task.id());
            }
        }

        /** A task that ended has given its addresses back. */
        private static List<NetworkAttachment> held(Task task, @Nullable TaskStatus status) {
            return status != null && status.state().terminal() ? List.of() : task.attachments();
        }

        private void rename(String kind, @Nullable String before, @Nullable String after, String id) {
            if (before != null) {
                names.remove(kind, before);
            }
            if (after != null) {
                names.put(kind, after, id);
            }
        }

        private static <R extends Row> String id(@Nullable R before, @Nullable R after) {
            return present(before, after).get(0).id();
        }

        private static <R extends Row> List<R> present(@Nullable R before, @Nullable R after) {
            if (after != null) {
                return List.of(after);
            }
            return before == null ? List.of() : List.of(before);
        }
    }
}

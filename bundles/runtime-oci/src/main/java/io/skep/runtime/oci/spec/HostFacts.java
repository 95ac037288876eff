package io.skep.runtime.oci.spec;

/**
 * What a host's kernel and programs can do.
 *
 * @param unifiedCgroups control groups are of version 2 alone
 * @param swapAccounting swap can be limited
 * @param maxOpenFiles the highest RLIMIT_NOFILE that may be given
 * @param seccomp the runtime program can filter system calls
 * @param processor as Java names it ({@code os.arch})
 */
public record HostFacts(
        boolean unifiedCgroups, boolean swapAccounting, long maxOpenFiles, boolean seccomp, String processor) {}

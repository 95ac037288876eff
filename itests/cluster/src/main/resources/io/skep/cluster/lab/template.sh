#!/usr/bin/env bash
# Makes what hosts are installed from.
#   template.sh TEMPLATE DISTRIBUTION PROBE   unpacks a distribution, with the probe and the keys of its shell
#   template.sh TEMPLATE DISK                 takes over what a node has made on a host's disk by its first start
set -euo pipefail
template=$1

unpack() {
    find "$(dirname "$template")" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
    mkdir -p "$template"/{karaf,ssh}
    tar -xzf "$1" -C "$template/karaf" --strip-components=1
    cp "$2" "$template/karaf/deploy/probe.jar"
    make_keys "$template/ssh" "$template/karaf/etc"
}

# As tools/skep/node.sh does; all hosts have the same.
make_keys() {
    local keys=$1 etc=$2
    ssh-keygen -q -t rsa -b 3072 -N '' -C skep -f "$keys/id"
    ssh-keygen -q -t ecdsa -b 256 -m PEM -N '' -C skep -f "$keys/host"
    printf 'skep %s\n' "$(cut -d ' ' -f 1,2 "$keys/host.pub")" >"$keys/known_hosts"
    install -m 600 "$keys/host" "$etc/host.key"
    printf 'skep = %s,_g_:admingroup\n' "$(cut -d ' ' -f 2 "$keys/id.pub")" >>"$etc/keys.properties"
}

# The archive of classes is written when the first node ends. The directory appears as a whole, when it is complete.
take() {
    rm -rf "$template/new"
    cp -a "$1/data" "$template/new"
    rm -rf "$template"/new/{log,lock,tmp}
    if [[ -f $template/new/classes.new ]]; then
        mv "$template/new/classes.new" "$template/classes.jsa"
    fi
    mv "$template/new" "$template/data"
}

if (($# == 3)); then
    unpack "$2" "$3"
else
    take "$2"
fi

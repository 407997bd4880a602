#!/bin/sh
# Runs a test program in a network namespace of its own, where 192.0.2.1 (RFC 5737, for documentation) is an
# address of its loopback interface: a peer that is not loopback, and not a packet leaves the machine.
set -eu
export RELAYAUTH_OWN_NETWORK=1
exec unshare --user --map-root-user --net -- sh -c \
    'ip link set lo up && ip address add 192.0.2.1/32 dev lo && exec "$@"' sh "$@"

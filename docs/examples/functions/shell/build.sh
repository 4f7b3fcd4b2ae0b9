#!/bin/sh
# Makes the image: ./build.sh [NAME [BASE]]. Needs Docker. Without BASE, any image with busybox, it needs the package
# busybox-static too.
set -eu
cd "$(dirname "$0")"
name=${1:-p2pfaas/shout}
base=${2:-}
if [ -z "$base" ]; then
    base=p2pfaas/busybox
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    mkdir -p "$root/bin" "$root/tmp"
    chmod 755 "$root"
    chmod 1777 "$root/tmp"
    cp "$(command -v busybox)" "$root/bin/busybox"
    "$root/bin/busybox" --list | while read -r applet; do ln -s busybox "$root/bin/$applet" 2>/dev/null || :; done
    tar -C "$root" -c . | docker import -c 'ENV PATH=/bin' - "$base" >/dev/null
fi
docker build -q --network none -t "$name" --build-arg BASE="$base" .

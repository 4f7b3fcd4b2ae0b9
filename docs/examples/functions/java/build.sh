#!/bin/sh
# Makes the image: ./build.sh [NAME [BASE]]. Needs Docker and a JDK. Without BASE it has a runtime of its own, and the
# libraries of this machine that the runtime needs.
set -eu
cd "$(dirname "$0")"
name=${1:-p2pfaas/words}
base=${2:-scratch}
rm -rf root
trap 'rm -rf root' EXIT
mkdir -p root/function
javac --release 17 -d root/function Words.java
if [ "$base" = scratch ]; then
    jlink --add-modules java.base,jdk.httpserver --strip-debug --no-man-pages --no-header-files --compress=2 \
        --output root/runtime
    ldd root/runtime/bin/java root/runtime/lib/*.so root/runtime/lib/server/libjvm.so |
        awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/.*ld-/ { print $1 }' | grep -v "^$PWD" | sort -u |
        while read -r library; do
            mkdir -p "root$(dirname "$library")"
            cp -L "$library" "root$library"
        done
fi
docker build -q --network none -t "$name" --build-arg BASE="$base" .

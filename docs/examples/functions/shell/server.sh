#!/bin/sh
# HTTP on one connection, which stays open from call to call. nc runs it for each connection.
cr=$(printf '\r')
answer=/tmp/answer.$$
trap 'rm -f "$answer"' EXIT

reply() { # reply STATUS: with what is in the file
    printf 'HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %s\r\n\r\n' "$1" "$(wc -c <"$answer")"
    cat "$answer"
}

while read -r Http_Method target version; do
    length=0
    chunked=
    while read -r name value && [ "$name" != "$cr" ]; do
        case $(echo "$name" | tr A-Z a-z) in
            content-length:) length=${value%"$cr"} ;;
            transfer-encoding:) chunked=yes ;;
        esac
    done
    if [ -n "$chunked" ]; then
        echo "a body needs its length" >"$answer"
        reply "411 Length Required"
        exit
    fi
    Http_Path=${target%%\?*}
    Http_Query=${target#"$Http_Path"}
    Http_Query=${Http_Query#\?}
    export Http_Method Http_Path Http_Query
    if head -c "$length" | /handler.sh >"$answer"; then
        reply "200 OK"
    else
        reply "500 Internal Server Error"
    fi
done

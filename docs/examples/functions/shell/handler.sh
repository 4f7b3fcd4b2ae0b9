#!/bin/sh
# The function: the body comes on standard input, the answer goes to standard output. Another exit code than 0 is status 500.
echo "$Http_Method $Http_Path $Http_Query" >&2
tr a-z A-Z

/*
 * The functions of the container tests: an HTTP server that does what it is asked to, good and bad. One static program, so
 * that its image needs nothing else. A connection has a thread and is kept alive.
 *
 *   /echo               any other path too: the request as it came
 *   /body               the body, with its content type
 *   /sleep?ms=N         answers later
 *   /status?code=N      answers with the status
 *   /large?bytes=N      answers with so many bytes
 *   /hang               never answers
 *   /flood              an answer without end
 *   /print              the body as a line of output; /complain: of error output
 *   /log-flood          writes output without end from now on
 *   /eat                takes memory without end
 *   /fork               makes processes without end; /fork?count=1 says how many it could
 *   /exit?code=N        ends
 *   /env                the environment
 *   /secret?name=N      a secret
 *   /file?path=P        a file; PUT or POST writes it
 *   /connect?host=H&port=N  whether a TCP connection can be had within 2 s
 *   /user               as whom it runs
 *
 * With START_DELAY_MS it takes connections later. As `web quit` it writes a line and ends with code 3.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD = 32768, WHOLE = 16 << 20 };

struct request {
    char head[HEAD];
    size_t head_length;
    char method[32];
    char path[8192];
    char query[8192];
    char type[256];
    char *body;
    size_t body_length;
    int close;
};

struct connection {
    int socket;
    char buffer[HEAD];
    size_t start, end;
};

static int fill(struct connection *c) {
    if (c->start == c->end) {
        c->start = c->end = 0;
    }
    ssize_t n = read(c->socket, c->buffer + c->end, sizeof c->buffer - c->end);
    if (n <= 0) {
        return 0;
    }
    c->end += n;
    return 1;
}

static int next(struct connection *c) {
    if (c->start == c->end && !fill(c)) {
        return -1;
    }
    return (unsigned char)c->buffer[c->start++];
}

static int line(struct connection *c, char *text, size_t size) {
    size_t length = 0;
    for (int b = next(c); b >= 0; b = next(c)) {
        if (b == '\n') {
            if (length > 0 && text[length - 1] == '\r') {
                length--;
            }
            text[length] = 0;
            return 1;
        }
        if (length + 1 < size) {
            text[length++] = b;
        }
    }
    return 0;
}

static int take(struct connection *c, struct request *r, size_t length) {
    if (length > WHOLE - r->body_length) {
        return 0;
    }
    r->body = realloc(r->body, r->body_length + length + 1);
    for (size_t i = 0; i < length; i++) {
        int b = next(c);
        if (b < 0) {
            return 0;
        }
        r->body[r->body_length++] = b;
    }
    return 1;
}

static int take_chunks(struct connection *c, struct request *r) {
    char text[256];
    for (;;) {
        if (!line(c, text, sizeof text)) {
            return 0;
        }
        size_t length = strtoul(text, NULL, 16);
        if (length == 0) {
            while (line(c, text, sizeof text) && *text) {
            }
            return 1;
        }
        if (!take(c, r, length) || !line(c, text, sizeof text)) {
            return 0;
        }
    }
}

static int put(int socket, const void *bytes, size_t length) {
    while (length > 0) {
        ssize_t n = send(socket, bytes, length, MSG_NOSIGNAL);
        if (n <= 0) {
            return 0;
        }
        bytes = (const char *)bytes + n;
        length -= n;
    }
    return 1;
}

static int receive(struct connection *c, struct request *r) {
    char text[8192], target[8192];
    size_t length = 0;
    int chunked = 0, expects = 0;
    if (!line(c, text, sizeof text) || sscanf(text, "%31s %8191s", r->method, target) != 2) {
        return 0;
    }
    char *mark = strchr(target, '?');
    if (mark) {
        *mark = 0;
        strcpy(r->query, mark + 1);
    }
    strcpy(r->path, target);
    do {
        size_t n = strlen(text);
        if (r->head_length + n + 2 < HEAD) {
            memcpy(r->head + r->head_length, text, n);
            r->head_length += n;
            r->head[r->head_length++] = '\n';
        }
        if (strncasecmp(text, "content-length:", 15) == 0) {
            length = strtoul(text + 15, NULL, 10);
        } else if (strncasecmp(text, "transfer-encoding:", 18) == 0) {
            chunked = strcasestr(text, "chunked") != NULL;
        } else if (strncasecmp(text, "connection:", 11) == 0) {
            r->close = strcasestr(text, "close") != NULL;
        } else if (strncasecmp(text, "expect:", 7) == 0) {
            expects = 1;
        } else if (strncasecmp(text, "content-type:", 13) == 0) {
            snprintf(r->type, sizeof r->type, "%.255s", text + 13 + strspn(text + 13, " "));
        }
        if (!line(c, text, sizeof text)) {
            return 0;
        }
    } while (*text);
    static const char go[] = "HTTP/1.1 100 Continue\r\n\r\n";
    if (expects && !put(c->socket, go, sizeof go - 1)) {
        return 0;
    }
    return chunked ? take_chunks(c, r) : take(c, r, length);
}

static int answer(struct connection *c, struct request *r, int status, const char *type, const void *body, size_t length) {
    char head[1024];
    int n = snprintf(head, sizeof head,
            "HTTP/1.1 %d Whatever\r\nContent-Type: %s\r\nContent-Length: %zu\r\nX-Instance: %d\r\n%s\r\n", status, type,
            length, getpid(), r->close ? "Connection: close\r\n" : "");
    if (!put(c->socket, head, n)) {
        return 0;
    }
    return (strcmp(r->method, "HEAD") == 0 || put(c->socket, body, length)) && !r->close;
}

static int say(struct connection *c, struct request *r, int status, const char *text) {
    return answer(c, r, status, "text/plain", text, strlen(text));
}

static const char *parameter(struct request *r, const char *name, const char *otherwise, char *value, size_t size) {
    size_t n = strlen(name);
    for (char *at = r->query; at && *at; at = strchr(at, '&') ? strchr(at, '&') + 1 : NULL) {
        if (strncmp(at, name, n) == 0 && at[n] == '=') {
            const char *from = at + n + 1, *end = from + strcspn(from, "&");
            size_t length = 0;
            while (from < end && length + 1 < size) {
                unsigned escaped = *from;
                from += *from == '%' && sscanf(from + 1, "%2x", &escaped) == 1 ? 3 : 1;
                value[length++] = escaped;
            }
            value[length] = 0;
            return value;
        }
    }
    snprintf(value, size, "%s", otherwise);
    return value;
}

static long number(struct request *r, const char *name, long otherwise) {
    char text[32], given[64];
    snprintf(text, sizeof text, "%ld", otherwise);
    return atol(parameter(r, name, text, given, sizeof given));
}

static int echo(struct connection *c, struct request *r) {
    size_t length = r->head_length + 1 + r->body_length;
    char *all = malloc(length);
    memcpy(all, r->head, r->head_length);
    all[r->head_length] = '\n';
    memcpy(all + r->head_length + 1, r->body, r->body_length);
    int more = answer(c, r, 200, "text/plain", all, length);
    free(all);
    return more;
}

static int file(struct connection *c, struct request *r, const char *path) {
    static const size_t most = 1 << 20;
    int writes = strcmp(r->method, "PUT") == 0 || strcmp(r->method, "POST") == 0;
    int descriptor = open(path, writes ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY, 0600);
    if (descriptor < 0) {
        return say(c, r, errno == ENOENT ? 404 : 403, strerror(errno));
    }
    char *text = malloc(most);
    size_t length = 0;
    ssize_t n = 0;
    if (writes) {
        while (length < r->body_length && (n = write(descriptor, r->body + length, r->body_length - length)) > 0) {
            length += n;
        }
    } else {
        while (length < most && (n = read(descriptor, text + length, most - length)) > 0) {
            length += n;
        }
    }
    int fault = n < 0 ? errno : 0;
    close(descriptor);
    int more = fault ? say(c, r, 403, strerror(fault)) : answer(c, r, 200, "text/plain", text, writes ? 0 : length);
    free(text);
    return more;
}

static const char *reach(const char *host, int port) {
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    char plain[128];
    snprintf(plain, sizeof plain, "%s", host);
    char *scope = strchr(plain, '%');
    if (scope) {
        *scope = 0;
        v6.sin6_scope_id = if_nametoindex(scope + 1);
    }
    int is4 = inet_pton(AF_INET, plain, &v4.sin_addr) == 1;
    if (!is4 && inet_pton(AF_INET6, plain, &v6.sin6_addr) != 1) {
        return "no address";
    }
    int s = socket(is4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (s < 0) {
        return strerror(errno);
    }
    int fault = 0;
    if (connect(s, is4 ? (void *)&v4 : (void *)&v6, is4 ? sizeof v4 : sizeof v6) != 0) {
        fault = errno;
        struct pollfd wait = {.fd = s, .events = POLLOUT};
        if (fault == EINPROGRESS) {
            socklen_t size = sizeof fault;
            fault = ETIMEDOUT;
            if (poll(&wait, 1, 2000) == 1) {
                getsockopt(s, SOL_SOCKET, SO_ERROR, &fault, &size);
            }
        }
    }
    close(s);
    return fault ? strerror(fault) : "connected";
}

static void *write_for_ever(void *nothing) {
    for (unsigned long i = 0;; i++) {
        printf("line %lu of a function that cannot stop writing ................................................\n", i);
    }
    return nothing;
}

static int multiply(struct connection *c, struct request *r) {
    int counts = number(r, "count", 0) != 0, made = 0;
    char text[64];
    for (;;) {
        pid_t child = fork();
        if (child == 0) {
            for (;;) {
                pause();
            }
        }
        if (child > 0) {
            made++;
        } else if (counts) {
            snprintf(text, sizeof text, "%d", made);
            return say(c, r, 200, text);
        }
    }
}

static int flood(struct connection *c) {
    static const char head[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    static char chunk[6 + 0xFFFF + 2] = "FFFF\r\n";
    memset(chunk + 6, 'x', 0xFFFF);
    memcpy(chunk + 6 + 0xFFFF, "\r\n", 2);
    int more = put(c->socket, head, sizeof head - 1);
    while (more) {
        more = put(c->socket, chunk, sizeof chunk);
    }
    return 0;
}

static int environment(struct connection *c, struct request *r) {
    char text[65536];
    size_t length = 0;
    for (char **variable = environ; *variable && length + strlen(*variable) + 1 < sizeof text; variable++) {
        length += sprintf(text + length, "%s\n", *variable);
    }
    return answer(c, r, 200, "text/plain", text, length);
}

static int serve(struct connection *c, struct request *r) {
    char value[4096], path[4200];
    if (strcmp(r->path, "/body") == 0) {
        return answer(c, r, 200, *r->type ? r->type : "application/octet-stream", r->body, r->body_length);
    } else if (strcmp(r->path, "/sleep") == 0) {
        usleep(number(r, "ms", 100) * 1000);
        return say(c, r, 200, "slept");
    } else if (strcmp(r->path, "/status") == 0) {
        return say(c, r, number(r, "code", 200), "as asked");
    } else if (strcmp(r->path, "/large") == 0) {
        size_t length = number(r, "bytes", 1 << 20);
        char *bytes = malloc(length + 1);
        memset(bytes, 'x', length);
        int more = answer(c, r, 200, "application/octet-stream", bytes, length);
        free(bytes);
        return more;
    } else if (strcmp(r->path, "/hang") == 0) {
        for (;;) {
            pause();
        }
    } else if (strcmp(r->path, "/flood") == 0) {
        return flood(c);
    } else if (strcmp(r->path, "/print") == 0 || strcmp(r->path, "/complain") == 0) {
        fprintf(r->path[1] == 'p' ? stdout : stderr, "%.*s\n", (int)r->body_length, r->body);
        fflush(stdout);
        return say(c, r, 200, "written");
    } else if (strcmp(r->path, "/log-flood") == 0) {
        pthread_t thread;
        pthread_create(&thread, NULL, write_for_ever, NULL);
        return say(c, r, 200, "begun");
    } else if (strcmp(r->path, "/eat") == 0) {
        for (;;) {
            char *bytes = malloc(1 << 20);
            if (bytes) {
                memset(bytes, 1, 1 << 20);
            }
        }
    } else if (strcmp(r->path, "/fork") == 0) {
        return multiply(c, r);
    } else if (strcmp(r->path, "/exit") == 0) {
        fflush(stdout);
        _exit(number(r, "code", 0));
    } else if (strcmp(r->path, "/env") == 0) {
        return environment(c, r);
    } else if (strcmp(r->path, "/secret") == 0) {
        snprintf(path, sizeof path, "/var/openfaas/secrets/%s", parameter(r, "name", "", value, sizeof value));
        return file(c, r, path);
    } else if (strcmp(r->path, "/file") == 0) {
        return file(c, r, parameter(r, "path", "/", value, sizeof value));
    } else if (strcmp(r->path, "/connect") == 0) {
        return say(c, r, 200, reach(parameter(r, "host", "127.0.0.1", value, sizeof value), number(r, "port", 80)));
    } else if (strcmp(r->path, "/user") == 0) {
        snprintf(path, sizeof path, "%d:%d", getuid(), getgid());
        return say(c, r, 200, path);
    }
    return echo(c, r);
}

static void *attend(void *socket) {
    struct connection *c = calloc(1, sizeof *c);
    c->socket = (int)(long)socket;
    for (int more = 1; more;) {
        struct request *r = calloc(1, sizeof *r);
        more = receive(c, r) && serve(c, r);
        free(r->body);
        free(r);
    }
    close(c->socket);
    free(c);
    return NULL;
}

/* The first process of a container is not ended by a signal that it does not handle: its engine would wait for 10 s. */
static void leave(int signal) {
    _exit(128 + signal);
}

int main(int count, char **arguments) {
    if (count > 1 && strcmp(arguments[1], "quit") == 0) {
        puts("this function ends at once");
        return 3;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, leave);
    if (getenv("START_DELAY_MS")) {
        usleep(atol(getenv("START_DELAY_MS")) * 1000);
    }
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(getenv("PORT") ? atoi(getenv("PORT")) : 8080)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (void *)&here, sizeof here) != 0 || listen(listener, 128) != 0) {
        perror("cannot listen");
        return 1;
    }
    puts("listening");
    fflush(stdout);
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 256 * 1024);
    pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
    for (;;) {
        int socket = accept(listener, NULL, NULL);
        pthread_t thread;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (socket >= 0 && pthread_create(&thread, &small, attend, (void *)(long)socket) != 0) {
            close(socket);
        }
    }
}

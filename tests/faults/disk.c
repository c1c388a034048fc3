/* Preloaded into the program under test: notes, in order, what it asks of the disk for its
   database files. Each record is written after the call has returned, so that a sync in the
   record has happened.

   Record: kind (1 byte), file (1 byte), offset (8 bytes), length (8 bytes), data.
   Kinds: 'W' bytes written, 'T' cut to `length`, 'S' synced. Files: 1 database, 2 its WAL. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;

static ssize_t (*real_write)(int, const void *, size_t);

static void put(const void *bytes, size_t len) {
    const char *at = bytes;
    while (len > 0) {
        ssize_t done = real_write(trace, at, len);
        if (done <= 0) abort();
        at += done;
        len -= (size_t)done;
    }
}

/* Which of our files a descriptor is; 0 is none of them. */
static int file_of(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (len <= 0) return 0;
    path[len] = 0;
    const char *name = strrchr(path, '/');
    if (!name) return 0;
    if (strcmp(name, "/radrum.db") == 0) return 1;
    if (strcmp(name, "/radrum.db-wal") == 0) return 2;
    return 0;
}

static void note(char kind, int file, uint64_t offset, uint64_t length, const void *data) {
    unsigned char head[18];
    head[0] = (unsigned char)kind;
    head[1] = (unsigned char)file;
    memcpy(head + 2, &offset, 8);
    memcpy(head + 10, &length, 8);
    put(head, sizeof head);
    if (data) put(data, length);
}

static void __attribute__((constructor)) begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    const char *path = getenv("RADRUM_TRACE");
    if (path) trace = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static ssize_t positioned(const char *name, int fd, const void *bytes, size_t len, off_t at) {
    ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, name);
    int file = trace < 0 ? 0 : file_of(fd);
    if (!file) return real(fd, bytes, len, at);
    pthread_mutex_lock(&order);
    ssize_t done = real(fd, bytes, len, at);
    if (done > 0) note('W', file, (uint64_t)at, (uint64_t)done, bytes);
    pthread_mutex_unlock(&order);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at) {
    return positioned("pwrite", fd, bytes, len, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off_t at) {
    return positioned("pwrite64", fd, bytes, len, at);
}

ssize_t write(int fd, const void *bytes, size_t len) {
    if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
    int file = trace < 0 || fd == trace ? 0 : file_of(fd);
    if (!file) return real_write(fd, bytes, len);
    pthread_mutex_lock(&order);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = real_write(fd, bytes, len);
    if (done > 0) note('W', file, (uint64_t)at, (uint64_t)done, bytes);
    pthread_mutex_unlock(&order);
    return done;
}

static int cut(const char *name, int fd, off_t length) {
    int (*real)(int, off_t) = dlsym(RTLD_NEXT, name);
    int file = trace < 0 ? 0 : file_of(fd);
    if (!file) return real(fd, length);
    pthread_mutex_lock(&order);
    int done = real(fd, length);
    if (done == 0) note('T', file, 0, (uint64_t)length, NULL);
    pthread_mutex_unlock(&order);
    return done;
}

int ftruncate(int fd, off_t length) { return cut("ftruncate", fd, length); }
int ftruncate64(int fd, off_t length) { return cut("ftruncate64", fd, length); }

static int synced(const char *name, int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    int file = trace < 0 ? 0 : file_of(fd);
    if (!file) return real(fd);
    pthread_mutex_lock(&order);
    int done = real(fd);
    if (done == 0) note('S', file, 0, 0, NULL);
    pthread_mutex_unlock(&order);
    return done;
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

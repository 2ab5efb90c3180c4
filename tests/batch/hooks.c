/* The program as it is, with units that do harm: linked with --wrap, so that nothing of this is in
 * wenyin itself. HOOKS="乙村=segv 丙村=sleep" says what a unit does before it is rendered;
 * HOOK_CLOCK=20 lets the clock by which the parent waits run so many times faster; HOOK_FORK=2 lets
 * fork fail from the second on; with HOOK_UNSHARED workers (one at a time) read the rows by the
 * connection that has loaded them, as a paper does that is made without workers. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "run/batch/unit_render.h"

void __real_unit_render(
    const UnitWork *work, JobShared *shared, size_t index, Arena *arena, UnitResult *out);
void __wrap_unit_render(
    const UnitWork *work, JobShared *shared, size_t index, Arena *arena, UnitResult *out);
int __real_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_clock_gettime(clockid_t clock, struct timespec *time);
pid_t __real_fork(void);
pid_t __wrap_fork(void);
bool __real_store_share(Store *store);
bool __wrap_store_share(Store *store);
bool __real_store_attach(Store *store);
bool __wrap_store_attach(Store *store);

/* ---- what a unit may do ---- */

static void segv(Arena *arena)
{
    (void)arena;
    signal(SIGSEGV, SIG_DFL); /* the sanitizer has a handler */
    raise(SIGSEGV);
}

static void give_up(Arena *arena)
{
    (void)arena;
    fputs("assertion failed: a library's last words\n", stderr);
    abort();
}

static void leave(Arena *arena)
{
    (void)arena;
    _exit(7);
}

static void be_killed(Arena *arena)
{
    (void)arena;
    kill(getpid(), SIGKILL);
}

static void loop(Arena *arena)
{
    for (volatile size_t i = 0;; i++)
        (void)arena;
}

static void wait_for_ever(Arena *arena)
{
    (void)arena;
    for (;;)
        pause();
}

static void wait_a_little(Arena *arena)
{
    (void)arena;
    usleep(60000);
}

/* All at once, and bit by bit. */
static void ask_much(Arena *arena)
{
    (void)arena_alloc(arena, (size_t)20 << 30);
}

static void ask_often(Arena *arena)
{
    for (;;)
        (void)arena_alloc(arena, 1 << 20);
}

/* As GLib ends. */
static void ask_library(Arena *arena)
{
    (void)arena;
    fputs("GLib-ERROR **: gmem.c:136: failed to allocate 21474836480 bytes\n", stderr);
    raise(SIGTRAP);
}

static void ask_thread(Arena *arena)
{
    (void)arena;
    fputs("GLib-ERROR **: creating thread '[pango] FcFontSetSort': Error creating thread: "
          "Resource temporarily unavailable\n",
        stderr);
    raise(SIGTRAP);
}

static void speak(Arena *arena)
{
    (void)arena;
    fputs("Pango-WARNING: a word of a library\n", stderr);
}

static const struct {
    const char *name;
    void (*act)(Arena *arena);
} acts[] = {
    {"segv", segv},
    {"abort", give_up},
    {"exit", leave},
    {"kill", be_killed},
    {"loop", loop},
    {"sleep", wait_for_ever},
    {"slow", wait_a_little},
    {"much", ask_much},
    {"often", ask_often},
    {"library", ask_library},
    {"thread", ask_thread},
    {"speak", speak},
};

static const char *hook_of(const char *unit)
{
    const char *hooks = getenv("HOOKS");
    size_t length = strlen(unit);
    for (const char *at = hooks; at && *at; at += strcspn(at, " "), at += strspn(at, " ")) {
        if ((strncmp(at, unit, length) == 0 && at[length] == '='))
            return at + length + 1;
        if (strncmp(at, "*=", 2) == 0)
            return at + 2;
    }
    return "";
}

void __wrap_unit_render(
    const UnitWork *work, JobShared *shared, size_t index, Arena *arena, UnitResult *out)
{
    const char *hook = hook_of(work->units->items[index].name);
    size_t length = strcspn(hook, " ");
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (length == strlen(acts[i].name) && strncmp(hook, acts[i].name, length) == 0)
            acts[i].act(arena);
    }
    __real_unit_render(work, shared, index, arena, out);
    /* Beside what it did: a disk that was full, a library that got no memory. */
    bool full = length == 4 && strncmp(hook, "full", length) == 0;
    bool memory = length == 6 && strncmp(hook, "memory", length) == 0;
    if (full || memory) {
        out->system = true;
        out->state = UNIT_FAILED;
        out->messages = full ? "E402: No space left on device\n" : "E290: 内存不足\n";
    }
}

/* ---- the system ---- */

int __wrap_clock_gettime(clockid_t clock, struct timespec *time)
{
    const char *factor = getenv("HOOK_CLOCK");
    int result = __real_clock_gettime(clock, time);
    if (factor && clock == CLOCK_MONOTONIC) {
        long long all =
            ((long long)time->tv_sec * 1000000000 + time->tv_nsec) * strtol(factor, NULL, 10);
        time->tv_sec = (time_t)(all / 1000000000);
        time->tv_nsec = (long)(all % 1000000000);
    }
    return result;
}

pid_t __wrap_fork(void)
{
    static int count;
    const char *from = getenv("HOOK_FORK");
    if (!from || ++count < strtol(from, NULL, 10))
        return __real_fork();
    errno = EAGAIN;
    return -1;
}

bool __wrap_store_share(Store *store)
{
    return getenv("HOOK_UNSHARED") || __real_store_share(store);
}

bool __wrap_store_attach(Store *store)
{
    return getenv("HOOK_UNSHARED") || __real_store_attach(store);
}

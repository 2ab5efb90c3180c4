/* A worker of a batch: its limits, the units it takes, what it sends. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "run/batch/batch_internal.h"

enum { STRAY_BYTES = 64 << 10 };

/* ---- messages that are told from outside of a unit ---- */

const Diags *batch_tell(const UnitWork *work, size_t index, Arena *arena)
{
    return diag_apart(work->session->diags, arena, work->units->items[index].name);
}

const char *batch_told(const UnitWork *work, const Diags *before, Arena *arena)
{
    const char *told = diag_text(work->session->diags, arena, work->job->messages);
    diag_rejoin(work->session->diags, before);
    return told;
}

const char *batch_stray(int stray, Arena *arena)
{
    Buf text = {0};
    if (lseek(stray, 0, SEEK_END) <= 0 || lseek(stray, 0, SEEK_SET) != 0)
        return "";
    (void)buf_read(&text, stray, STRAY_BYTES);
    const char *kept = text.length ? arena_strndup(arena, text.data, text.length) : "";
    buf_free(&text);
    return kept;
}

bool batch_gives_up(const BatchSpec *spec, size_t failed)
{
    long most = spec->fail_fast ? 1 : spec->max_failures;
    return most > 0 && failed >= (size_t)most;
}

void batch_count(const BatchSpec *spec, BatchBoard *board, const UnitResult *result)
{
    size_t failed = 0;
    if (result->state >= UNIT_FAILED)
        failed = atomic_fetch_add(&board->failed, 1) + 1;
    if (result->system || batch_gives_up(spec, failed))
        atomic_store(&board->stopped, true);
}

/* ---- limits ---- */

/* Where the system allows less, that holds. */
static void limit(int resource, rlim_t wanted)
{
    struct rlimit bounds;
    if (getrlimit(resource, &bounds) != 0)
        return;
    bounds.rlim_cur = wanted < bounds.rlim_max ? wanted : bounds.rlim_max;
    setrlimit(resource, &bounds);
}

/* Data and stack as RLIMIT_DATA counts them, in bytes. */
static rlim_t data_in_use(void)
{
    long pages[6] = {0}; /* size resident shared text lib data */
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file)
        return 0;
    for (int i = 0; i < 6; i++) {
        if (fscanf(file, "%ld", &pages[i]) != 1)
            pages[i] = 0;
    }
    fclose(file);
    return (rlim_t)pages[5] * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* The kernel counts whole seconds: the one begun is given. */
static void allow_seconds(long seconds)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    limit(RLIMIT_CPU, (rlim_t)(used.tv_sec + 1 + seconds));
}

/* An interrupt from the terminal reaches all processes of the group: the parent decides. */
static void become_worker(const WorkerTask *task)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_IGN);
    signal(SIGXCPU, SIG_DFL); /* whoever started the program may have it ignored */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != task->parent)
        _exit(EXIT_SYSTEM);
    dup2(task->stray, STDERR_FILENO);
    limit(RLIMIT_CORE, 0);
}

/* ---- units ---- */

bool batch_take(const WorkerTask *task, size_t *index)
{
    BatchBoard *board = task->board;
    for (size_t i = atomic_load(&board->next); i < task->work->units->count; i++) {
        int nobody = 0;
        if (atomic_load(&board->stopped))
            return false;
        if (atomic_compare_exchange_strong(&board->owners[i], &nobody, task->id)) {
            atomic_store(&board->next, i + 1);
            atomic_store(&board->in_hand[task->place], i + 1);
            *index = i;
            return true;
        }
    }
    atomic_store(&board->next, task->work->units->count);
    return false;
}

/* What libraries say on stderr goes with the unit's messages, in their order. */
static void add_stray(const WorkerTask *task, Arena *arena, UnitResult *result)
{
    const char *stray = batch_stray(STDERR_FILENO, arena);
    if (!*stray)
        return;
    if (ftruncate(STDERR_FILENO, 0) != 0 || lseek(STDERR_FILENO, 0, SEEK_SET) != 0)
        _exit(EXIT_SYSTEM);
    const Diags *before = batch_tell(task->work, result->index, arena);
    for (const char *line = stray; *line; line += strspn(line, "\n")) {
        size_t length = strcspn(line, "\n");
        if (length > 0 && diag_count(task->work->session->diags, DIAG_WARNING) < 3)
            diag_add(
                task->work->session->diags, DIAG_W561, NULL, arena_strndup(arena, line, length));
        line += length;
    }
    result->warnings += (int)diag_count(task->work->session->diags, DIAG_WARNING);
    const char *told = batch_told(task->work, before, arena);
    result->messages = arena_printf(arena, "%s%s", result->messages, told);
}

/* A library that got no memory says so as of a disk that is full; it is this unit's trouble alone.
 */
static bool ran_out(const WorkerTask *task, Arena *arena, UnitResult *result)
{
    Diags *diags = task->work->session->diags;
    if (!result->system || !strstr(result->messages, diag_system_text(diags, ENOMEM)))
        return false;
    const Diags *before = batch_tell(task->work, result->index, arena);
    diag_add(diags, DIAG_E562, NULL, task->spec->unit_megabytes);
    const char *told = batch_told(task->work, before, arena);
    result->messages = arena_printf(arena, "%s%s", result->messages, told);
    result->errors++;
    result->state = UNIT_OUT_OF_MEMORY;
    result->system = false;
    return true;
}

static void send_bytes(int fd, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(fd, at, length);
        if (written < 0 && errno != EINTR)
            _exit(EXIT_SYSTEM); /* nobody reads any more */
        if (written > 0) {
            at += written;
            length -= (size_t)written;
        }
    }
}

static void send_result(const WorkerTask *task, const UnitResult *result)
{
    BatchPacket packet;
    memset(&packet, 0, sizeof packet); /* the gaps too */
    packet.result = *result;
    packet.result.messages = NULL;
    packet.length = strlen(result->messages);
    send_bytes(task->results, &packet, sizeof packet);
    send_bytes(task->results, result->messages, packet.length);
}

/* False when the worker should not go on: libraries that got no memory may have kept half of
 * something. */
static bool do_unit(const WorkerTask *task, JobShared *shared, Arena *arena, size_t index)
{
    UnitResult result = {0};
    allow_seconds(task->spec->unit_seconds);
    arena_reset(arena);
    unit_render(task->work, shared, index, arena, &result);
    result.index = index;
    result.messages = result.messages ? result.messages : "";
    add_stray(task, arena, &result);
    bool exhausted = ran_out(task, arena, &result);
    batch_count(task->spec, task->board, &result);
    send_result(task, &result);
    return !exhausted;
}

_Noreturn void worker_run(const WorkerTask *task)
{
    JobShared shared = {.attachments = *task->work->attachments};
    size_t index;
    become_worker(task);
    Arena *arena = arena_new();
    if (!store_attach(task->work->session->store))
        _exit(EXIT_SYSTEM);
    limit(RLIMIT_DATA, data_in_use() + ((rlim_t)task->spec->unit_megabytes << 20));
    for (int units = 0; units < LIMIT_WORKER_UNITS; units++) {
        if (!batch_take(task, &index) || !do_unit(task, &shared, arena, index))
            break;
    }
    _exit(EXIT_DONE);
}

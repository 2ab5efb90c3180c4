#include "run/batch/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "run/batch/batch_internal.h"
#include "run/batch/progress.h"

enum { SECOND = 1000000, TICK = SECOND / 5, STALL = 5 * SECOND, BARREN = 3 };

/* One of those at work; pid 0: the place is empty. */
typedef struct Worker {
    pid_t pid;
    int id, results, stray;
    Buf received;
    bool took;      /* a unit, at any time */
    size_t watched; /* what it had in hand when last looked at, and since when */
    int64_t since;
    bool overdue; /* was killed for that */
} Worker;

typedef struct Batch {
    const BatchSpec *spec;
    const UnitWork *work;
    bool (*done)(void *context, const UnitResult *result);
    void *context;
    BatchBoard *board;
    size_t board_bytes;
    Worker *workers;
    struct pollfd *files;              /* of each worker */
    int worker_count, last_id, barren; /* barren: workers that died before they took a unit */
    UnitResult **results;              /* those that wait for one before them */
    size_t count, given, ended, failed;
    bool refused; /* by done() */
    BatchEnd end;
    int signal;
    int64_t last,
        awake; /* microseconds: by the clock; of those this process did not sleep through */
    Progress progress;
    Arena *scratch;
} Batch;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * SECOND + time.tv_nsec / 1000;
}

/* Of several reasons the weightiest counts. */
static void stop(Batch *b, BatchEnd why)
{
    if (why > b->end)
        b->end = why;
    atomic_store(&b->board->stopped, true);
}

/* ---- signals ---- */

static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNAL_COUNT = sizeof SIGNALS / sizeof *SIGNALS };

static volatile sig_atomic_t arrived;

static void note_signal(int number)
{
    arrived = number;
}

/* They arrive in ppoll and nowhere else. One that the caller ignores (nohup) stays ignored; but
 * where SIGCHLD is, nobody could say what workers died of. */
typedef struct Guard {
    struct sigaction before[SIGNAL_COUNT], children;
    sigset_t mask;
} Guard;

static void guard_begin(Guard *guard)
{
    sigset_t ours;
    struct sigaction note = {.sa_handler = note_signal}, heeded = {.sa_handler = SIG_DFL};
    arrived = 0;
    sigemptyset(&ours);
    for (int i = 0; i < SIGNAL_COUNT; i++)
        sigaddset(&ours, SIGNALS[i]);
    sigprocmask(SIG_BLOCK, &ours, &guard->mask);
    sigaction(SIGCHLD, &heeded, &guard->children);
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        sigaction(SIGNALS[i], NULL, &guard->before[i]);
        if (guard->before[i].sa_handler != SIG_IGN)
            sigaction(SIGNALS[i], &note, NULL);
    }
}

static void guard_end(const Guard *guard)
{
    for (int i = 0; i < SIGNAL_COUNT; i++)
        sigaction(SIGNALS[i], &guard->before[i], NULL);
    sigaction(SIGCHLD, &guard->children, NULL);
    sigprocmask(SIG_SETMASK, &guard->mask, NULL);
}

/* The second signal: nobody waits any longer. */
static void die(Batch *b, const Guard *guard, int number)
{
    for (int i = 0; i < b->worker_count; i++) {
        if (b->workers[i].pid)
            kill(b->workers[i].pid, SIGKILL);
    }
    progress_wipe(&b->progress);
    guard_end(guard);
    signal(number, SIG_DFL);
    raise(number);
}

static void heed_signal(Batch *b, const Guard *guard)
{
    if (!arrived)
        return;
    if (b->signal)
        die(b, guard, arrived);
    b->signal = arrived;
    arrived = 0;
    stop(b, BATCH_INTERRUPTED);
}

/* ---- results ---- */

static void keep(Batch *b, const UnitResult *result, const char *text, size_t length)
{
    UnitResult *kept = malloc(sizeof *kept + length + 1);
    if (!kept)
        arena_exhausted();
    *kept = *result;
    char *messages = (char *)(kept + 1);
    memcpy(messages, text, length);
    messages[length] = '\0';
    kept->messages = messages;
    b->results[result->index] = kept;
    b->ended++;
    b->failed += result->state >= UNIT_FAILED;
    if (result->system)
        stop(b, BATCH_SYSTEM);
    if (batch_gives_up(b->spec, b->failed))
        stop(b, BATCH_GAVE_UP);
}

/* Those that no unit before them keeps waiting. */
static void give_out(Batch *b)
{
    while (b->given < b->count && b->results[b->given]) {
        UnitResult *result = b->results[b->given];
        if (*result->messages)
            progress_wipe(&b->progress);
        if (!b->refused && !b->done(b->context, result)) {
            b->refused = true;
            stop(b, BATCH_SYSTEM);
        }
        free(result);
        b->results[b->given++] = NULL;
    }
}

/* Whole packets; what is left waits for the rest. */
static void unpack(Batch *b, Worker *w)
{
    size_t at = 0;
    BatchPacket packet;
    while (w->received.length - at >= sizeof packet) {
        memcpy(&packet, w->received.data + at, sizeof packet);
        if (w->received.length - at - sizeof packet < packet.length)
            break;
        at += sizeof packet;
        keep(b, &packet.result, w->received.data + at, packet.length);
        at += packet.length;
        w->took = true;
        b->barren = 0;
    }
    if (at > 0) {
        w->received.length -= at;
        memmove(w->received.data, w->received.data + at, w->received.length);
    }
}

/* ---- the death of a worker ---- */

/* The unit that it had taken and did not finish; count: none. */
static size_t unit_lost(const Batch *b, const Worker *w)
{
    size_t i = b->given;
    while (i < b->count && (b->results[i] || atomic_load(&b->board->owners[i]) != w->id))
        i++;
    return i;
}

static UnitState cause(const Worker *w, int status, const char *stray)
{
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    bool allocating = strstr(stray, "failed to allocate") || /* GLib's last words */
                      strstr(stray, "Error creating thread"); /* no room for its stack */
    if (w->overdue || number == SIGXCPU)
        return UNIT_TIMED_OUT;
    if ((!number && WEXITSTATUS(status) == EXIT_SYSTEM) || (number && allocating))
        return UNIT_OUT_OF_MEMORY;
    return UNIT_CRASHED;
}

static const char *first_line(Arena *arena, const char *text)
{
    enum { SHOWN = 200 };
    text += strspn(text, "\n=");
    size_t length = strcspn(text, "\n");
    return arena_strndup(arena, text, length < SHOWN ? length : SHOWN);
}

static void tell_crash(Batch *b, int status, const char *stray)
{
    Diags *diags = b->work->session->diags;
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    const char *name = number ? sigabbrev_np(number) : NULL;
    const char *last = first_line(b->scratch, stray);
    diag_add(diags, DIAG_E560, NULL,
        name     ? arena_printf(b->scratch, "SIG%s", name)
        : number ? arena_printf(b->scratch, "SIG%d", number)
                 : arena_printf(b->scratch, "exit %d", WEXITSTATUS(status)));
    if (*last)
        diag_hint(diags, DIAG_H560, last);
    if (number == SIGKILL)
        diag_hint(diags, DIAG_H562);
    else
        diag_hint(diags, DIAG_H561);
}

static void lose_unit(Batch *b, const Worker *w, size_t index, int status, const char *stray)
{
    Diags *diags = b->work->session->diags;
    long seconds = b->spec->unit_seconds;
    UnitResult result = {.index = index, .errors = 1, .state = cause(w, status, stray)};
    const Diags *before = batch_tell(b->work, index, b->scratch);
    if (result.state == UNIT_TIMED_OUT)
        diag_add(diags, DIAG_E561, NULL, w->overdue ? seconds * LIMIT_UNIT_WAIT : seconds, seconds);
    else if (result.state == UNIT_OUT_OF_MEMORY)
        diag_add(diags, DIAG_E562, NULL, b->spec->unit_megabytes);
    else
        tell_crash(b, status, stray);
    const char *text = batch_told(b->work, before, b->scratch);
    batch_count(b->spec, b->board, &result);
    keep(b, &result, text, strlen(text));
}

/* A worker that cannot even begin is no unit's fault. */
static void note_barren(Batch *b, const char *stray, int status)
{
    Diags *diags = b->work->session->diags;
    if (++b->barren < BARREN || b->end == BATCH_SYSTEM)
        return;
    const char *last = first_line(b->scratch, stray);
    diag_add(diags, DIAG_E563, NULL,
        *last ? last : arena_printf(b->scratch, "wait status %#x", (unsigned)status));
    stop(b, BATCH_SYSTEM);
}

static void bury(Batch *b, Worker *w)
{
    int status = 0;
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    arena_reset(b->scratch);
    const char *stray = batch_stray(w->stray, b->scratch);
    size_t lost = unit_lost(b, w);
    if (lost < b->count)
        lose_unit(b, w, lost, status, stray);
    else if (status != 0 && !w->took)
        note_barren(b, stray, status);
    close(w->results);
    close(w->stray);
    buf_free(&w->received);
    *w = (Worker){0};
}

/* ---- workers ---- */

static bool open_pipes(Worker *w, int *results)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    w->stray = memfd_create("wenyin-stderr", MFD_CLOEXEC);
    if (w->stray < 0) {
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    fcntl(w->stray, F_SETFL, O_APPEND);
    w->results = ends[0];
    *results = ends[1];
    return true;
}

static void close_others(const Batch *b)
{
    for (int i = 0; i < b->worker_count; i++) {
        if (b->workers[i].pid) {
            close(b->workers[i].results);
            close(b->workers[i].stray);
        }
    }
}

/* False: errno says why. */
static bool start(Batch *b, int place)
{
    Worker *w = &b->workers[place];
    WorkerTask task = {.spec = b->spec, .work = b->work, .board = b->board, .place = place};
    if (!open_pipes(w, &task.results))
        return false;
    task.parent = getpid();
    task.id = w->id = ++b->last_id;
    task.stray = w->stray;
    atomic_store(&b->board->in_hand[place], 0);
    pid_t pid = fork();
    if (pid == 0) {
        close_others(b);
        close(w->results);
        worker_run(&task);
    }
    int error = errno;
    close(task.results);
    if (pid < 0) {
        close(w->results);
        close(w->stray);
        *w = (Worker){0};
    }
    w->pid = pid < 0 ? 0 : pid;
    errno = error;
    return pid > 0;
}

static int alive(const Batch *b)
{
    int count = 0;
    for (int i = 0; i < b->worker_count; i++)
        count += b->workers[i].pid != 0;
    return count;
}

/* With fewer than are wanted it goes on; with none it cannot. */
static void start_workers(Batch *b)
{
    for (int i = 0; i < b->worker_count; i++) {
        bool more = atomic_load(&b->board->next) < b->count && !atomic_load(&b->board->stopped);
        if (b->workers[i].pid || !more)
            continue;
        if (start(b, i))
            continue;
        Diags *diags = b->work->session->diags;
        int error = errno;
        if (alive(b) == 0) {
            diag_add(diags, DIAG_E563, NULL, diag_system_text(diags, error));
            stop(b, BATCH_SYSTEM);
        }
        return;
    }
}

static void receive(Batch *b, Worker *w)
{
    char block[1 << 16];
    for (;;) {
        ssize_t got = read(w->results, block, sizeof block);
        if (got > 0) {
            buf_add(&w->received, block, (size_t)got);
        } else if (got == 0) {
            unpack(b, w);
            bury(b, w);
            return;
        } else if (errno != EINTR) {
            unpack(b, w);
            return;
        }
    }
}

/* A unit that waits for something that does not come uses no processor: the clock ends it. Time in
 * which this process was stopped (Ctrl-Z, a closed laptop) does not count. */
static void watch(Batch *b)
{
    int64_t time = now(), passed = time - b->last;
    b->awake += passed < STALL ? passed : STALL;
    b->last = time;
    for (int i = 0; i < b->worker_count; i++) {
        Worker *w = &b->workers[i];
        size_t in_hand = w->pid ? atomic_load(&b->board->in_hand[i]) : 0;
        if (in_hand != w->watched) {
            w->watched = in_hand;
            w->since = b->awake;
        }
        int64_t most = (int64_t)b->spec->unit_seconds * LIMIT_UNIT_WAIT * SECOND;
        if (in_hand && !w->overdue && b->awake - w->since > most) {
            w->overdue = true;
            kill(w->pid, SIGKILL);
        }
    }
}

static void wait_for_news(Batch *b, const Guard *guard)
{
    struct timespec tick = {.tv_nsec = TICK * 1000};
    for (int i = 0; i < b->worker_count; i++) {
        int fd = b->workers[i].pid ? b->workers[i].results : -1; /* -1 is passed over */
        b->files[i] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
    int ready = ppoll(b->files, (nfds_t)b->worker_count, &tick, &guard->mask);
    heed_signal(b, guard);
    for (int i = 0; ready > 0 && i < b->worker_count; i++) {
        if (b->files[i].revents)
            receive(b, &b->workers[i]);
    }
}

/* ---- the batch ---- */

static int processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static bool open_board(Batch *b)
{
    b->board_bytes = sizeof *b->board + b->count * sizeof *b->board->owners;
    void *memory =
        mmap(NULL, b->board_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    b->board = memory == MAP_FAILED ? NULL : memory;
    return b->board || diag_add(b->work->session->diags, DIAG_E563, NULL,
                           diag_system_text(b->work->session->diags, errno));
}

static void settle_workers(Batch *b)
{
    size_t wanted = b->spec->workers > 0 ? (size_t)b->spec->workers : (size_t)processors();
    wanted = wanted < LIMIT_JOBS ? wanted : LIMIT_JOBS;
    b->worker_count = (int)(wanted < b->count ? wanted : b->count);
    b->workers = ARENA_ARRAY(b->work->session->arena, Worker, b->worker_count + 1);
    b->files = ARENA_ARRAY(b->work->session->arena, struct pollfd, b->worker_count + 1);
    b->results = ARENA_ARRAY(b->work->session->arena, UnitResult *, b->count + 1);
}

static void run(Batch *b, const Guard *guard)
{
    fflush(stdout); /* or each worker would have it once more */
    for (start_workers(b); alive(b) > 0; start_workers(b)) {
        wait_for_news(b, guard);
        watch(b);
        give_out(b);
        progress_show(&b->progress, b->ended, b->failed, b->count, now());
    }
    struct timespec none = {0};
    ppoll(NULL, 0, &none, &guard->mask); /* one that came in the meantime */
    heed_signal(b, guard);
    progress_wipe(&b->progress);
}

static void tell_end(const Batch *b)
{
    Diags *diags = b->work->session->diags;
    size_t left = b->count - b->ended;
    if (b->end == BATCH_GAVE_UP)
        diag_add(diags, DIAG_E564, NULL, (long)b->failed, left);
    if (b->end == BATCH_INTERRUPTED)
        diag_add(diags, DIAG_W560, NULL,
            arena_printf(b->work->session->arena, "SIG%s", sigabbrev_np(b->signal)), left);
}

static BatchEnd run_guarded(Batch *b, int *signal)
{
    Guard guard;
    b->scratch = arena_new();
    settle_workers(b);
    b->last = now();
    b->progress = progress_begin(diag_language(b->work->session->diags), b->last);
    guard_begin(&guard);
    run(b, &guard);
    guard_end(&guard);
    arena_free(b->scratch);
    /* Nothing was left to give up. */
    if (b->end == BATCH_GAVE_UP && b->ended == b->count)
        b->end = BATCH_DONE;
    tell_end(b);
    *signal = b->signal;
    return b->end;
}

BatchEnd batch_run(const BatchSpec *spec, const UnitWork *work,
    bool (*done)(void *context, const UnitResult *result), void *context, int *signal)
{
    Batch batch = {
        .spec = spec, .work = work, .done = done, .context = context, .count = work->units->count};
    *signal = 0;
    if (!store_share(work->session->store) || !open_board(&batch))
        return BATCH_SYSTEM;
    BatchEnd end = run_guarded(&batch, signal);
    munmap(batch.board, batch.board_bytes);
    return end;
}
